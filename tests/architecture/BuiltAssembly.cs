using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Architecture.Tests;

/// <summary>What a compiled assembly says of itself, read without loading it.</summary>
internal sealed class BuiltAssembly
{
    private BuiltAssembly(IReadOnlyList<string> references, IReadOnlyList<string> metadata) =>
        (References, Metadata) = (references, metadata);

    /// <summary>Names of the assemblies it uses.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>Its assembly metadata, each as <c>key=value</c>.</summary>
    public IReadOnlyList<string> Metadata { get; }

    /// <summary>Reads an assembly that lies beside these tests.</summary>
    public static BuiltAssembly Read(Project project)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, project.AssemblyName + ".dll")));
        var reader = file.GetMetadataReader();
        return new BuiltAssembly(
            [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))],
            [.. reader.GetAssemblyDefinition().GetCustomAttributes().Select(handle => ReadMetadata(reader, handle)).OfType<string>()]);
    }

    private static string? ReadMetadata(MetadataReader reader, CustomAttributeHandle handle)
    {
        var attribute = reader.GetCustomAttribute(handle);
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return null;
        }

        var parent = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference
            || reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name) != "AssemblyMetadataAttribute")
        {
            return null;
        }

        var value = reader.GetBlobReader(attribute.Value);
        value.ReadUInt16(); // prolog
        return $"{value.ReadSerializedString()}={value.ReadSerializedString()}";
    }
}
