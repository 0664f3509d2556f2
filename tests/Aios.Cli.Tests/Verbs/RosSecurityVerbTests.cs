namespace Aios.Cli.Tests.Verbs;

public sealed class RosSecurityVerbTests : IDisposable
{
    private const string Policy =
        "<policy version=\"0.2.0\"><enclaves><enclave path=\"/rover_1\"><profiles><profile ns=\"/rover_1\" node=\"driver\">"
        + "<topics publish=\"ALLOW\"><topic>odom</topic></topics></profile></profiles></enclave></enclaves></policy>";

    private readonly TemporaryFolder _folder = new();

    private string Keys => Path.Combine(_folder.Path, "keys");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Verbs_InTheOrderOfTheGuide_MakeAnEnclaveWithItsPermissions()
    {
        var policy = WritePolicy();
        Assert.Equal(ExitCode.Success, Run("create_keystore", Keys));
        Assert.Equal(ExitCode.Success, Run("create_enclave", Keys, "/rover_1"));
        Assert.Equal(ExitCode.Success, Run("create_permission", Keys, "/rover_1", policy));
        Assert.Equal(ExitCode.Success, Run("list_enclaves", Keys));

        Assert.Contains("<topic>rt/rover_1/odom</topic>", File.ReadAllText(Permissions), StringComparison.Ordinal);
    }

    [Fact]
    public void GenerateArtifacts_FromNothing_MakesAllOfIt()
    {
        Assert.Equal(ExitCode.Success, Run("generate_artifacts", "-k", Keys, "-e", "/a", "/b", "-p", WritePolicy()));

        Assert.All(["a", "b", "rover_1"], name => Assert.True(File.Exists(Path.Combine(Keys, "enclaves", name, "key.pem")), name));
        Assert.Contains("<topic>rt/rover_1/odom</topic>", File.ReadAllText(Permissions), StringComparison.Ordinal);
    }

    [Fact]
    public void Verbs_OnWrongInput_ExitWithTwo()
    {
        Assert.Equal(ExitCode.WrongInput, Run("list_enclaves", Keys));
        Assert.Equal(ExitCode.WrongInput, Run("create_enclave", Keys, "/a"));
        Assert.Equal(ExitCode.Success, Run("create_keystore", Keys));
        Assert.Equal(ExitCode.WrongInput, Run("create_keystore", Keys));
        Assert.Equal(ExitCode.WrongInput, Run("create_enclave", Keys, "no_slash"));
        Assert.Equal(ExitCode.WrongInput, Run("create_permission", Keys, "/rover_1", Path.Combine(_folder.Path, "nowhere.xml")));
        Assert.Equal(ExitCode.WrongInput, Run("generate_policy"));
    }

    private string Permissions => Path.Combine(Keys, "enclaves", "rover_1", "permissions.xml");

    private static int Run(params string[] arguments) => AiosCommand.Run(["ros", "security", .. arguments]);

    private string WritePolicy()
    {
        var path = Path.Combine(_folder.Path, "policy.xml");
        File.WriteAllText(path, Policy);
        return path;
    }
}
