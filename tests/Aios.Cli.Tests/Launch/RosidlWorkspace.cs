namespace Aios.Cli.Tests.Launch;

/// <summary>
/// The packages that <c>aios_interfaces</c> needs and Debian lacks: <c>rosidl_default_generators</c>, here C and C++, and the
/// standard messages, from this project's copies. Beside them <c>program</c>, which uses the messages: its
/// <c>main.c</c> is the test's.
/// </summary>
internal static class RosidlWorkspace
{
    private static readonly (string Name, string[] Needs)[] Messages =
        [("builtin_interfaces", []), ("unique_identifier_msgs", []), ("action_msgs", ["builtin_interfaces", "unique_identifier_msgs"]), ("std_msgs", ["builtin_interfaces"]), ("geometry_msgs", ["builtin_interfaces", "std_msgs"])];

    /// <summary>Writes the packages into <c>src</c>.</summary>
    public static void Write(string folder)
    {
        Package(folder, "rosidl_default_generators", "NONE", "ament_export_dependencies(rosidl_cmake rosidl_generator_c rosidl_generator_cpp)", []);
        Package(folder, "rosidl_default_runtime", "NONE", "", []);
        foreach (var (name, needs) in Messages)
        {
            var dependencies = needs.Length == 0 ? "" : $"DEPENDENCIES {string.Join(' ', needs)}";
            Package(folder, name, "C CXX", $$"""
                file(GLOB interfaces RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} msg/*.msg)
                rosidl_generate_interfaces({{name}} ${interfaces} {{dependencies}})
                """, ["rosidl_default_generators", .. needs]);
            var target = Directory.CreateDirectory(Path.Combine(folder, "src", name, "msg")).FullName;
            foreach (var file in Directory.EnumerateFiles(Path.Combine(AiosHome.Directory, "src/ros2/Ros2.Interfaces/share", name, "msg"), "*.msg"))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            }
        }

        Package(folder, "program", "C", """
            add_executable(program main.c)
            target_link_libraries(program aios_interfaces::aios_interfaces__rosidl_generator_c)
            """, ["aios_interfaces"]);
    }

    private static void Package(string folder, string name, string languages, string body, string[] needs)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, "src", name)).FullName;
        var isMessages = needs.Contains("rosidl_default_generators");
        File.WriteAllText(Path.Combine(target, "package.xml"), $"""
            <?xml version="1.0"?>
            <package format="3">
              <name>{name}</name>
              <version>0.0.0</version>
              <description>For a test</description>
              <maintainer email="nobody@example.org">nobody</maintainer>
              <license>Apache-2.0</license>
              <buildtool_depend>ament_cmake</buildtool_depend>
              {string.Concat(needs.Select(need => $"<depend>{need}</depend>"))}
              {(isMessages ? "<member_of_group>rosidl_interface_packages</member_of_group>" : "")}
              <export><build_type>ament_cmake</build_type></export>
            </package>
            """);
        File.WriteAllText(Path.Combine(target, "CMakeLists.txt"), $"""
            cmake_minimum_required(VERSION 3.8)
            project({name} {languages})
            find_package(ament_cmake REQUIRED)
            {string.Concat(needs.Select(need => $"find_package({need} REQUIRED)\n"))}
            {body}
            ament_package()
            """);
    }
}
