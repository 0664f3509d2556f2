using Xunit.Runner.InProc.SystemConsole;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>Runs the tests; or, asked for by <see cref="PeerProcess.StartRole"/>, a part that a test needs as a process of its own.</summary>
internal static class Program
{
    /// <summary>On the command line before the name of a role.</summary>
    public const string RoleOption = "--role";

    private static readonly Action[] Roles =
    [
        TalkPeer.Talk, TalkPeer.Hear, TalkPeer.Meet, LossyPeer.Serve, LossyPeer.Call,
        SecuredPeer.Guard, SecuredPeer.Visit,
        MessageAllocationTests.MeasurePlain, MessageAllocationTests.MeasureMegabyte,
        .. Domain.Roles,
    ];

    public static int Main(string[] args)
    {
        if (args is not [RoleOption, var name])
        {
            return ConsoleRunner.Run(args).GetAwaiter().GetResult();
        }

        try
        {
            Array.Find(Roles, role => role.Method.Name == name)!();
            return 0;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(e);
            return 1;
        }
    }
}
