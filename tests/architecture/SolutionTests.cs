using System.Xml.Linq;

namespace Architecture.Tests;

public class SolutionTests
{
    [Fact]
    public void Solution_EveryProjectOnDisk_IsListed()
    {
        var listed = XDocument.Load(Path.Combine(Repository.Root, "AIOS.slnx"))
            .Descendants("Project").Select(project => project.Attribute("Path")!.Value).Order(StringComparer.Ordinal);

        Assert.Equal(Repository.Projects.Select(project => project.RelativePath), listed);
    }

    [Fact]
    public void SourceProject_Each_HasATestProject()
    {
        var tested = Repository.Projects.Where(project => project.IsTest).Select(project => project.Name).ToHashSet();
        var untested = Repository.Projects
            .Where(project => !project.IsTest && !project.RelativePath.StartsWith("experiments/", StringComparison.Ordinal))
            .Where(project => !tested.Contains(project.Name + ".Tests"))
            .Select(project => project.Name);

        Assert.Empty(untested);
    }
}
