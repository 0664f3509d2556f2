using System;
using System.Collections.Generic;

namespace Ros2.Generator.Model;

/// <summary>A parsed interface file. Two are equal when their sources are: parsing is a pure function.</summary>
internal sealed class InterfaceFile(InterfaceSource source) : IEquatable<InterfaceFile>
{
    public InterfaceSource Source { get; } = source;

    /// <summary>The parts in order: one message; request and response; or goal, result and feedback.</summary>
    public List<MessageSpec> Sections { get; } = [];

    public List<Problem> Problems { get; } = [];

    public string Scope => Source.Kind switch
    {
        InterfaceKind.Service => "srv",
        InterfaceKind.Action => "action",
        _ => "msg",
    };

    public string FullName => Source.Package + "/" + Scope + "/" + Source.Name;

    public bool Equals(InterfaceFile? other) => other is not null && Source.Equals(other.Source);

    public override bool Equals(object? obj) => Equals(obj as InterfaceFile);

    public override int GetHashCode() => Source.GetHashCode();
}
