using Aios.Cli.Safety;
using Aios.Nodes;

namespace Aios.Cli.Tests.Safety;

public sealed class MemoryFileTests
{
    private static readonly RememberedPose Pose = new(1.5, -2, 0.25, 3, 7_000_000_000);

    [Fact]
    public void Memory_OpenedAgain_KnowsBootsAndPose()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "safety", "rover_1.memory");
        using (var file = new MemoryFile(path))
        {
            Assert.Equal((0u, null), (file.Memory.Boots, file.Memory.Pose));
            file.Memory.CountBoot();
            file.Memory.Remember(Pose with { X = 9 });
            file.Memory.Remember(Pose);
        }

        using var again = new MemoryFile(path);
        again.Memory.CountBoot();

        Assert.Equal((2u, Pose), (again.Memory.Boots, again.Memory.Pose));
    }

    [Fact]
    public void Memory_NewestSlotTorn_IsTheOneBefore()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "rover_1.memory");
        using (var file = new MemoryFile(path))
        {
            file.Memory.CountBoot(); // number 1, slot 1
            file.Memory.Remember(Pose); // number 2, slot 0
        }

        var bytes = File.ReadAllBytes(path);
        bytes[20] ^= 1;
        File.WriteAllBytes(path, bytes);

        using var torn = new MemoryFile(path);
        Assert.Equal((1u, null), (torn.Memory.Boots, torn.Memory.Pose));
    }

    [Fact]
    public void Memory_FileIsRubbish_StartsAfresh()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "rover_1.memory");
        File.WriteAllBytes(path, [.. Enumerable.Range(0, 256).Select(i => (byte)(i * 37))]);

        using var file = new MemoryFile(path);

        Assert.Equal(0u, file.Memory.Boots);
    }
}
