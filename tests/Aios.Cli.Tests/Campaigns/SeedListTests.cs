using Aios.Cli.Campaigns;

namespace Aios.Cli.Tests.Campaigns;

public class SeedListTests
{
    [Theory]
    [InlineData("3", new ulong[] { 1, 2, 3 })]
    [InlineData("5..7", new ulong[] { 5, 6, 7 })]
    [InlineData("0..0", new ulong[] { 0 })]
    [InlineData("9,4,1..2", new ulong[] { 9, 4, 1, 2 })]
    [InlineData("18446744073709551614..18446744073709551615", new ulong[] { 18446744073709551614, 18446744073709551615 })]
    public void TryParse_List_GivesItsSeeds(string text, ulong[] expected)
    {
        Assert.True(SeedList.TryParse(text, out var seeds));
        Assert.Equal(expected, seeds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("7..5")]
    [InlineData("1..2..3")]
    [InlineData("1,")]
    [InlineData("1,1")]
    [InlineData("1000001")]
    [InlineData("0..18446744073709551615")]
    public void TryParse_OtherText_IsFalse(string text) => Assert.False(SeedList.TryParse(text, out _));
}
