namespace Ros2.Generator.Model;

/// <summary>What a file defines.</summary>
internal enum InterfaceKind
{
    Message,
    Service,
    Action,
}
