using System.CommandLine;
using Aios.Cli.RosTools;
using ROS2;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros component</c>.</summary>
internal static class RosComponentVerb
{
    public static Command Create() => new("component", "Containers: list, load and unload their nodes; what can be loaded")
    {
        CreateList(),
        CreateLoad(),
        CreateUnload(),
        CreateTypes(),
        CreateStandalone(),
    };

    private static Argument<string> Container() => RosOptions.Argument("CONTAINER", "Full name of the container's node");

    private static Command CreateList()
    {
        var container = RosOptions.Optional("CONTAINER", "Full name of the container's node; left out: all containers");
        var only = RosOptions.Flag("--containers-only", "Not what is loaded into them");
        return new Command("list", "Containers and the nodes loaded into them") { container, only }.OnGraph(
            (session, parsed) => ComponentTools.List(session, parsed.GetValue(container), parsed.GetValue(only)));
    }

    private static Command CreateLoad()
    {
        var container = Container();
        var quiet = Quiet();
        var command = new Command("load", "Load a component into a container") { container };
        var wanted = new ComponentOptions(command);
        command.Options.Add(quiet);
        return command.OnGraph(
            (session, parsed) => ComponentTools.Load(session, parsed.GetValue(container)!, wanted.Read(parsed), parsed.GetValue(quiet)));
    }

    private static Command CreateStandalone()
    {
        var command = new Command("standalone", "Run a component in a container of its own, until Ctrl-C");
        var wanted = new ComponentOptions(command);
        var name = new Option<string?>("--container-node-name", "-c") { Description = "Name of the container's node; left out: one that no other has", HelpName = "NAME" };
        command.Options.Add(name);
        return command.OnGraph((session, parsed) => StandaloneComponent.Run(
            session, wanted.Read(parsed), parsed.GetValue(name) ?? StandaloneComponent.UniqueNodeName(), ComponentIndex.FromEnvironment()));
    }

    private static Command CreateTypes()
    {
        var package = RosOptions.Optional("PACKAGE", "Only its components");
        var command = new Command("types", "Components that installed packages register: C++ ones and those of .NET") { package };
        command.SetAction(parsed => RosToolRunner.Guard((output, _) => ComponentTools.Types(output, ComponentIndex.FromEnvironment(), parsed.GetValue(package))));
        return command;
    }

    private static Command CreateUnload()
    {
        var container = Container();
        var ids = new Argument<ulong[]>("ID") { Description = "Numbers of components, as list shows them", Arity = ArgumentArity.OneOrMore };
        var quiet = Quiet();
        return new Command("unload", "Unload components") { container, ids, quiet }.OnGraph(
            (session, parsed) => ComponentTools.Unload(session, parsed.GetValue(container)!, parsed.GetValue(ids)!, parsed.GetValue(quiet)));
    }

    private static Option<bool> Quiet() => RosOptions.Flag("--quiet", "Print the numbers alone", "-q");
}
