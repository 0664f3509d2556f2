namespace Ros2.CycloneDds.Tests;

/// <summary>Tests that want the machine for themselves.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public static class Alone;
