namespace Aios.Cli;

/// <summary>What a process of AIOS says when it ends.</summary>
public static class ExitCode
{
    /// <summary>The verb did what was asked; a mission's acceptance holds.</summary>
    public const int Success = 0;

    /// <summary>The verb ran and the answer is no: acceptance does not hold, a check found something.</summary>
    public const int Failure = 1;

    /// <summary>The input is wrong: one line on standard error says where and what was expected.</summary>
    public const int WrongInput = 2;

    /// <summary>A prerequisite is missing: the line on standard error says how to get it.</summary>
    public const int MissingPrerequisite = 3;
}
