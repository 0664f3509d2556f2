namespace Aios.Nodes;

/// <summary>What runs a rover's nodes and can restart one of them.</summary>
public interface IComponentHost
{
    /// <summary>Names of the components, in a fixed order.</summary>
    IReadOnlyList<string> Components { get; }

    /// <summary>Whether a component may be restarted on the way: it lives by what it hears and holds nothing that would be lost.</summary>
    bool IsRestartable(string component);

    /// <summary>Ends the component, if it still runs, and starts it anew.</summary>
    void Restart(string component);
}
