using Aios.Cli.Launch;
using Aios.Cli.Processes;
using composition_interfaces.srv;
using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>
/// <c>ros component standalone</c>: a container for one component. Components of .NET live in this process; for others
/// rclcpp_components' container is started.
/// </summary>
internal static class StandaloneComponent
{
    private const string RclcppComponents = "rclcpp_components";

    /// <summary>A program that was just started may take a while to join the graph.</summary>
    private static readonly TimeSpan StartingTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Name of a container's node that no other has.</summary>
    public static string UniqueNodeName() => $"standalone_container_{Guid.NewGuid():N}"[..(21 + 12)];

    /// <summary>Loads the component and runs it until Ctrl-C.</summary>
    /// <param name="session">The session, whose context the components of .NET share.</param>
    /// <param name="request">Which component.</param>
    /// <param name="containerName">Name of the container's node.</param>
    /// <param name="index">What is installed.</param>
    public static int Run(RosSession session, LoadNode_Request request, string containerName, ComponentIndex index)
    {
        var component = index.Find(request.PackageName).FirstOrDefault(known => known.Plugin == request.PluginName)
            ?? throw new AiosException(ExitCode.Failure, index.Find(request.PackageName).Count == 0
                ? $"no package '{request.PackageName}' with components is in a folder of AMENT_PREFIX_PATH (aios ros component types)"
                : $"package '{request.PackageName}' has no component '{request.PluginName}' (aios ros component types {request.PackageName})");
        return component.IsManaged ? RunHere(session, request, containerName, component) : RunThere(session, request, containerName);
    }

    private static int RunHere(RosSession session, LoadNode_Request request, string containerName, InstalledComponent component)
    {
        using var container = new ComponentContainer(session.Context, containerName);
        try
        {
            container.RegisterLibrary(component.Package, component.LibraryPath);
        }
        catch (Exception error) when (error is IOException or BadImageFormatException or ArgumentException)
        {
            throw new AiosException(ExitCode.Failure, $"{component.LibraryPath}: {error.Message}", error);
        }

        ComponentTools.Load(session, containerName, request);
        session.SleepUntilStopped();
        return ExitCode.Success;
    }

    private static int RunThere(RosSession session, LoadNode_Request request, string containerName)
    {
        var program = RosPackages.FindExecutable(RclcppComponents, "component_container")
            ?? throw new AiosException(
                ExitCode.MissingPrerequisite,
                $"'{request.PluginName}' is a component of C++: package '{RclcppComponents}' with its container is in no folder of AMENT_PREFIX_PATH");
        using var container = ChildProcess.Start(
            new ProcessSpec { Name = "component_container", Command = [program, "--ros-args", "-r", $"__node:={containerName}"] },
            session.Output.WriteLine,
            Console.Error.WriteLine);
        try
        {
            ComponentTools.Load(session, containerName, request, patience: StartingTime);
            while (!container.HasExited)
            {
                session.Sleep(Look);
            }

            return container.ExitCode;
        }
        catch (AiosException error)
        {
            throw new AiosException(error.ExitCode, $"{error.Message}, interrupting container node", error);
        }
        finally
        {
            End(container);
        }
    }

    private static void End(ChildProcess container)
    {
        if (!container.HasExited)
        {
            container.Signal(PosixSignals.Interrupt);
            if (!container.WaitForExit(ClosingTime))
            {
                container.Signal(PosixSignals.Kill);
            }
        }
    }
}
