using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Linking;

/// <summary>An interface file with the types it implies.</summary>
internal sealed class LinkedFile
{
    public LinkedFile(InterfaceFile file)
    {
        File = file;
        Messages.AddRange(file.Sections);
        if (file.Source.Kind == InterfaceKind.Service)
        {
            AddService(ImpliedTypes.Service(file));
        }
        else if (file.Source.Kind == InterfaceKind.Action)
        {
            Action = ImpliedTypes.Action(file);
            AddService(Action.SendGoal);
            AddService(Action.GetResult);
            Messages.Add(Action.FeedbackMessage);
        }
    }

    public InterfaceFile File { get; }

    /// <summary>All messages: of the file and implied.</summary>
    public List<MessageSpec> Messages { get; } = [];

    public List<ServiceSpec> Services { get; } = [];

    public ActionSpec? Action { get; }

    private void AddService(ServiceSpec service)
    {
        Services.Add(service);
        foreach (MessageSpec message in new[] { service.Request, service.Response, service.Event })
        {
            if (!Messages.Contains(message))
            {
                Messages.Add(message);
            }
        }
    }
}
