namespace ROS2.Security;

/// <summary>What a policy allows or denies to do.</summary>
public enum PolicyAction
{
    /// <summary>Publish a topic.</summary>
    Publish,

    /// <summary>Subscribe to a topic.</summary>
    Subscribe,

    /// <summary>Answer a service.</summary>
    Reply,

    /// <summary>Call a service.</summary>
    Request,

    /// <summary>Serve an action.</summary>
    Execute,

    /// <summary>Use an action.</summary>
    Call,
}

/// <summary>One permission or prohibition.</summary>
/// <param name="Action">What may or may not be done.</param>
/// <param name="Name">Fully qualified ROS name; may contain <c>*</c>, <c>?</c> and <c>[…]</c> as of fnmatch.</param>
/// <param name="IsAllowed">Permission; else prohibition, which prevails.</param>
public sealed record PolicyRule(PolicyAction Action, string Name, bool IsAllowed);
