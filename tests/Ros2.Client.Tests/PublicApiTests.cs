using System.Globalization;
using System.Reflection;

namespace Ros2.Client.Tests;

/// <summary>
/// Everything public in ros2_dotnet's namespace ROS2 is here, by the same name and with the same parameters, defaults and
/// constraints; the list was made of its sources. Not on it are the members of messages that begin with <c>__</c>. A second
/// list holds what this client adds: programs use it, so it stays.
/// </summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData("Ros2DotnetApi.txt", 190)]
    [InlineData("AddedApi.txt", 1000)]
    public void PublicApi_OnTheList_IsHere(string list, int atLeast)
    {
        var ours = new HashSet<string>(StringComparer.Ordinal);
        foreach (Type type in new[] { typeof(ROS2.Node), typeof(ROS2.IRosMessage) }.SelectMany(t => t.Assembly.GetExportedTypes()).Where(t => t.Namespace is "ROS2" or "ROS2.MessageFilters"))
        {
            ours.UnionWith(Describe(type));
        }

        string[] wanted = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, list));

        Assert.Equal([], wanted.Where(line => !ours.Contains(line)));
        Assert.True(wanted.Length > atLeast, "the list is cut");
    }

    private static IEnumerable<string> Describe(Type type)
    {
        string name = Name(type);
        yield return $"{name}: {Kind(type)}{Constraints(type.GetGenericArguments())}";
        if (type.IsEnum)
        {
            foreach (string value in Enum.GetNames(type))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name}.{value} = {Convert.ToInt64(Enum.Parse(type, value), CultureInfo.InvariantCulture)}");
            }
        }
        else if (typeof(MulticastDelegate).IsAssignableFrom(type))
        {
            MethodInfo call = type.GetMethod("Invoke")!;
            yield return $"{name}({Parameters(call)}) -> {Name(call.ReturnType)}";
        }
        else
        {
            foreach (string member in Members(type))
            {
                yield return $"{name}.{member}";
            }
        }
    }

    private static IEnumerable<string> Members(Type type)
    {
        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            yield return member switch
            {
                ConstructorInfo constructor => $"new({Parameters(constructor)})",
                MethodInfo { IsSpecialName: false } method => Method(method),
                PropertyInfo property => $"{Static(property.GetAccessors()[0].IsStatic)}{property.Name} {{ {Access(property)}}} : {Name(property.PropertyType)}",
                FieldInfo { IsLiteral: true } constant => string.Create(CultureInfo.InvariantCulture, $"const {constant.Name} : {Name(constant.FieldType)} = {constant.GetRawConstantValue()}"),
                _ => "",
            };
        }
    }

    private static string Method(MethodInfo method)
    {
        string generic = method.IsGenericMethod ? $"<{string.Join(",", method.GetGenericArguments().Select(Name))}>" : "";
        string constraints = method.IsGenericMethod ? Constraints(method.GetGenericArguments()) : "";
        return $"{Static(method.IsStatic)}{method.Name}{generic}({Parameters(method)}) -> {Name(method.ReturnType)}{constraints}";
    }

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Access(PropertyInfo property) =>
        (property.GetMethod?.IsPublic == true ? "get; " : "") + (property.SetMethod?.IsPublic == true ? "set; " : "");

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsInterface: true } => "interface",
        _ when typeof(MulticastDelegate).IsAssignableFrom(type) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $"={parameter.DefaultValue ?? "null"}" : "")}"));

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Select(argument =>
    {
        List<string> constraints = [.. argument.GetGenericParameterConstraints().Select(Name)];
        if (argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            constraints.Add("new()");
        }

        return constraints.Count == 0 ? "" : $" where {argument.Name}:{string.Join(",", constraints)}";
    }));

    private static string Name(Type type)
    {
        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        string name = (type.Namespace is "ROS2" or "System" ? "" : type.Namespace + ".") + type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(",", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
