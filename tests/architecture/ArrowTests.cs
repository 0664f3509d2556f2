namespace Architecture.Tests;

/// <summary>The arrows between projects, by what each project file says and by what each assembly uses.</summary>
public class ArrowTests
{
    /// <summary>What each layer may use of the layers under it, besides itself.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Aios.Numerics"] = [],
        ["Aios.Terrain"] = ["Aios.Numerics"],
        ["Aios.Perception"] = ["Aios.Numerics", "Aios.Terrain"],
        ["Aios.Planning"] = ["Aios.Numerics", "Aios.Terrain"],
        ["Aios.Control"] = ["Aios.Numerics", "Aios.Terrain"],
        ["Aios.Learning"] = ["Aios.Numerics", "Aios.Terrain"],
        ["Aios.Safety"] = ["Aios.Numerics"],
        ["Aios.Fleet"] = ["Aios.Numerics", "Aios.Terrain", "Aios.Perception", "Aios.Planning", "Aios.Control", "Aios.Learning"],
        ["Aios.Mission"] = ["Aios.Numerics", "Aios.Terrain", "Aios.Perception", "Aios.Planning", "Aios.Control", "Aios.Learning"],
        ["Aios.Cognition"] = ["Aios.Numerics", "Aios.Terrain", "Aios.Perception", "Aios.Planning", "Aios.Control", "Aios.Learning"],
        ["Aios.Sim"] = ["Aios.Numerics", "Aios.Terrain"],
    };

    private static readonly string[] UsersOfRos = ["Aios.Nodes", "Aios.Sim", "Aios.Cli"];

    private static IEnumerable<Project> Ours => Repository.Projects.Where(project => !project.IsTest);

    private static IEnumerable<Project> Libraries => Ours.Where(project => project.Name.StartsWith("Aios.", StringComparison.Ordinal));

    [Fact]
    public void Layer_ProjectReferences_PointDownOnly()
    {
        var wrong =
            from project in Libraries
            where Allowed.ContainsKey(project.Name)
            from used in project.Closure()
            where used.StartsWith("Aios.", StringComparison.Ordinal) && !Allowed[project.Name].Contains(used)
            select $"{project.Name} → {used}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Layer_AssemblyReferences_PointDownOnly()
    {
        var wrong =
            from project in Libraries
            where Allowed.ContainsKey(project.Name)
            from used in BuiltAssembly.Read(project).References
            where used.StartsWith("Aios.", StringComparison.Ordinal) && !Allowed[project.Name].Contains(used)
            select $"{project.Name} → {used}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Layer_EveryLibrary_IsInThisTest() => Assert.Empty(
        Libraries.Select(project => project.Name).Except([.. Allowed.Keys, "Aios.Nodes", "Aios.Cli"]));

    [Fact]
    public void Ros_OnlyNodesSimulatorAndCommand_UseIt()
    {
        var wrong =
            from project in Libraries
            where !UsersOfRos.Contains(project.Name)
            from used in project.Closure().Concat(BuiltAssembly.Read(project).References)
            where used.StartsWith("Ros2.", StringComparison.Ordinal)
            select $"{project.Name} → {used}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Ros_Itself_KnowsNothingOfRovers()
    {
        var wrong =
            from project in Ours
            where project.Name.StartsWith("Ros2.", StringComparison.Ordinal)
            from used in project.Closure()
            where used.StartsWith("Aios.", StringComparison.Ordinal)
            select $"{project.Name} → {used}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Nodes_GroundTruth_IsOutOfReach()
    {
        var nodes = Repository.Projects.Single(project => project.Name == "Aios.Nodes");

        Assert.DoesNotContain("Aios.Sim", nodes.Closure());
        Assert.DoesNotContain("Aios.Sim", BuiltAssembly.Read(nodes).References);
    }

    [Fact]
    public void Nodes_Transports_AreNotKnownToThem()
    {
        var nodes = Repository.Projects.Single(project => project.Name == "Aios.Nodes");

        Assert.Empty(nodes.Closure().Where(used => used is "Ros2.CycloneDds" or "Ros2.FastDds" or "Ros2.Dds" or "Ros2.SimulatedBus"));
    }

    [Fact]
    public void Safety_Packages_AreNone()
    {
        var safety = Repository.Projects.Single(project => project.Name == "Aios.Safety");

        Assert.Empty(safety.PackageReferences);
        Assert.All(BuiltAssembly.Read(safety).References, used => Assert.True(
            used == "Aios.Numerics" || used.StartsWith("System.", StringComparison.Ordinal) || used == "netstandard", used));
    }
}
