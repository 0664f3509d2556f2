namespace ROS2;

/// <summary>States of a managed node; values of <c>lifecycle_msgs/msg/State</c>.</summary>
public enum LifecycleState
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>Exists, is not set up.</summary>
    Unconfigured = 1,

    /// <summary>Set up, does nothing.</summary>
    Inactive = 2,

    /// <summary>Works.</summary>
    Active = 3,

    /// <summary>Ended; can only be disposed.</summary>
    Finalized = 4,

    /// <summary>Being set up.</summary>
    Configuring = 10,

    /// <summary>Being taken down.</summary>
    CleaningUp = 11,

    /// <summary>Being ended.</summary>
    ShuttingDown = 12,

    /// <summary>Being started.</summary>
    Activating = 13,

    /// <summary>Being stopped.</summary>
    Deactivating = 14,

    /// <summary>Recovering from an error.</summary>
    ErrorProcessing = 15,
}

/// <summary>Transitions of a managed node that can be asked for; values of <c>lifecycle_msgs/msg/Transition</c>.</summary>
public enum LifecycleTransition
{
    /// <summary>Unconfigured to inactive.</summary>
    Configure = 1,

    /// <summary>Inactive to unconfigured.</summary>
    Cleanup = 2,

    /// <summary>Inactive to active.</summary>
    Activate = 3,

    /// <summary>Active to inactive.</summary>
    Deactivate = 4,

    /// <summary>Unconfigured to finalized.</summary>
    UnconfiguredShutdown = 5,

    /// <summary>Inactive to finalized.</summary>
    InactiveShutdown = 6,

    /// <summary>Active to finalized.</summary>
    ActiveShutdown = 7,
}

/// <summary>What a transition's callback says.</summary>
public enum TransitionResult
{
    /// <summary>It worked.</summary>
    Success,

    /// <summary>It did not; the node stays as it was.</summary>
    Failure,

    /// <summary>It went wrong; the error callback decides what becomes of the node.</summary>
    Error,
}
