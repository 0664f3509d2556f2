using System.CommandLine;
using ROS2;
using ROS2.Dds;
using ROS2.Security;
using ROS2.Transport;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros security …</c>: keystores, enclaves and permissions as <c>ros2 security</c> makes them.</summary>
internal static class RosSecurityVerb
{
    private const string DomainNote = "; for the domain of ROS_DOMAIN_ID";

    public static Command Create() => new("security", "Keystores, enclaves and permissions for secured nodes")
    {
        CreateKeystore(),
        CreateEnclave(),
        CreatePermission(),
        GenerateArtifacts(),
        GeneratePolicy(),
        ListEnclaves(),
    };

    private static uint Domain => RosEnvironment.Read(Environment.GetEnvironmentVariable).DomainId;

    private static Argument<string> Root() => new("ROOT") { Description = "The keystore's folder" };

    private static Argument<string> Name() => new("NAME") { Description = "Enclave, as /rover_1/navigator" };

    private static Command CreateKeystore()
    {
        var root = Root();
        return Verb("create_keystore", "Make a keystore: authorities and governance" + DomainNote, [root], parsed =>
            Keystore.Create(parsed.GetValue(root)!, Domain));
    }

    private static Command CreateEnclave()
    {
        var (root, name) = (Root(), Name());
        return Verb("create_enclave", "Make an enclave with key, certificate and permission for everything" + DomainNote, [root, name], parsed =>
            Keystore.Open(parsed.GetValue(root)!).CreateEnclave(parsed.GetValue(name)!, Domain));
    }

    private static Command CreatePermission()
    {
        var (root, name) = (Root(), Name());
        var policy = new Argument<string>("POLICY_FILE") { Description = "Policy in SROS 2's form" };
        return Verb("create_permission", "Give an enclave the permissions of a policy" + DomainNote, [root, name, policy], parsed =>
            Keystore.Open(parsed.GetValue(root)!).CreatePermission(
                parsed.GetValue(name)!, SecurityPolicy.Load(parsed.GetValue(policy)!).RulesOf(parsed.GetValue(name)!), Domain));
    }

    private static Command GenerateArtifacts()
    {
        var root = new Option<string?>("--keystore-root-path", "-k") { Description = "The keystore's folder; made where missing. Default: ROS_SECURITY_KEYSTORE", HelpName = "ROOT" };
        var enclaves = Many("--enclaves", "-e", "Enclaves to make", "NAME");
        var policies = Many("--policy-files", "-p", "Policies whose enclaves to make", "FILE");
        return Verb("generate_artifacts", "Make keystore, enclaves and permissions in one go" + DomainNote, [root, enclaves, policies], parsed =>
            Generate(parsed.GetValue(root), parsed.GetValue(enclaves) ?? [], parsed.GetValue(policies) ?? []));
    }

    private static Option<string[]> Many(string name, string alias, string description, string help) => new(name, alias)
    {
        Description = description,
        HelpName = help,
        AllowMultipleArgumentsPerToken = true,
    };

    private static void Generate(string? root, string[] enclaves, string[] policyFiles)
    {
        root ??= Environment.GetEnvironmentVariable("ROS_SECURITY_KEYSTORE") is { Length: > 0 } set
            ? set
            : throw new AiosException(ExitCode.WrongInput, "expected -k ROOT or the variable ROS_SECURITY_KEYSTORE");
        var policies = policyFiles.Select(SecurityPolicy.Load).ToList(); // all are right before anything is written
        var keystore = Keystore.OpenOrCreate(root, Domain);
        foreach (var name in enclaves)
        {
            keystore.CreateEnclave(name, Domain);
        }

        foreach (var policy in policies)
        {
            foreach (var name in policy.Enclaves)
            {
                keystore.CreateEnclave(name, Domain);
                keystore.CreatePermission(name, policy.RulesOf(name), Domain);
            }
        }
    }

    private static Command GeneratePolicy()
    {
        var file = new Argument<string>("POLICY_FILE") { Description = "Policy to write, or to add to" };
        var time = new Option<double>("--spin-time")
        {
            Description = "How long to look for nodes",
            HelpName = "S",
            DefaultValueFactory = _ => 2,
            CustomParser = result => CommonOptions.ParseNumber<double>(result, "seconds above 0, up to 600", s => s > 0 && s <= 600),
        };
        return Verb("generate_policy", "Write a policy that allows what the nodes of the graph do now", [file, time], parsed =>
        {
            var policy = PolicyDocument.LoadOrEmpty(parsed.GetValue(file)!);
            using var context = new RosContext(RosTransports.Open());
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(parsed.GetValue(time)));
            context.Spin(stop.Token);
            if (policy.Add(context.Transport.Graph.GetNodes(), context.Transport.Graph.GetEndpoints()) == 0)
            {
                throw new AiosException(ExitCode.Failure, "no nodes in the ROS graph: no policy was written");
            }

            File.WriteAllText(parsed.GetValue(file)!, policy.ToString());
        });
    }

    private static Command ListEnclaves()
    {
        var root = Root();
        return Verb("list_enclaves", "Names of the enclaves in a keystore", [root], parsed =>
        {
            foreach (var name in Keystore.Open(parsed.GetValue(root)!).ListEnclaves())
            {
                Console.WriteLine(name);
            }
        });
    }

    private static Command Verb(string name, string description, Symbol[] symbols, Action<ParseResult> action)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        command.SetAction(parsed =>
        {
            try
            {
                action(parsed);
                return ExitCode.Success;
            }
            catch (KeystoreException exception)
            {
                throw new AiosException(ExitCode.WrongInput, exception.Message, exception);
            }
        });
        return command;
    }
}
