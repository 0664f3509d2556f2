namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler use init-only properties on netstandard2.0.</summary>
internal static class IsExternalInit;
