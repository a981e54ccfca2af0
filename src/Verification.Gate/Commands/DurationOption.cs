using System.CommandLine;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary>An option that takes a duration, written as in files.</summary>
internal static class DurationOption
{
    /// <summary>Lets an option take nothing else.</summary>
    /// <param name="option">The option, whose value stays a text.</param>
    /// <param name="problemOf">What is wrong with a duration, a sentence; null where nothing is.</param>
    public static void Check(Option<string?> option, Func<TimeSpan, string?> problemOf) =>
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && ProblemOf(token.Value, problemOf) is { } problem)
                result.AddError($"{option.Name} {token.Value}: {problem}");
        });

    /// <summary>Its value.</summary>
    public static TimeSpan? Of(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text ? Duration.Parse(text) : null;

    private static string? ProblemOf(string text, Func<TimeSpan, string?> problemOf)
    {
        try
        {
            return problemOf(Duration.Parse(text));
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
