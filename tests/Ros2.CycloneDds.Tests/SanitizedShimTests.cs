using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>The native part under AddressSanitizer and UndefinedBehaviorSanitizer (<c>tests/peers/shim_driver.c</c>).</summary>
public sealed class SanitizedShimTests
{
    // Blocks above 64 MB are refused, so that what there is no memory for can be tried. Fast DDS itself frees some of its objects
    // as of another type than it made them.
    private const string SanitizerOptions = "allocator_may_return_null=1:max_allocation_size_mb=64:detect_leaks=1:new_delete_type_mismatch=0";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public void EveryFunction_AlsoWithoutMemoryAndFromSeveralThreads_HasNoFault()
    {
        PeerProcess.BuildTarget(Domain.ShimDriver);
        using PeerProcess driver = PeerProcess.StartWith(
            [], Domain.ShimDriver, Domain.Next(), [Domain.ShimConfiguration, "<nonsense 1"], ("ASAN_OPTIONS", SanitizerOptions));

        driver.ExpectExit(0, Patience);

        Assert.Contains("no fault found", driver.Output, StringComparison.Ordinal);
    }
}
