using SportBuff;

namespace Verification.Tests.Unit.Services;

/// <summary>An environment whose variables a test sets.</summary>
internal static class Variables
{
    public static ServiceEnvironment Of(params (string Name, string? Value)[] variables)
    {
        // The last word on a variable counts, so that a test may change one of a good set.
        var values = variables.GroupBy(variable => variable.Name).ToDictionary(variable => variable.Key, variable => variable.Last().Value);
        return new ServiceEnvironment(name => values.GetValueOrDefault(name));
    }
}
