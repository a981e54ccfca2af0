using System.CommandLine;
using System.CommandLine.Parsing;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary>Says in one message what is wrong with a command line.</summary>
internal static class UsageErrors
{
    /// <summary>The message; null where nothing is wrong.</summary>
    public static string? Of(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
            return null;

        var command = parsed.CommandResult.Command;
        var called = command is RootCommand ? "verify" : $"verify {command.Name}";
        if (parsed.UnmatchedTokens.Count > 0)
        {
            var token = parsed.UnmatchedTokens[0];
            if (token.StartsWith('-'))
            {
                var name = token.Split('=')[0];
                return $"unknown option {name} of '{called}'.{Suggestion.Question(name, OptionsOf(parsed))} See '{called} --help'.";
            }

            return command is RootCommand
                ? $"unknown command {token}.{Suggestion.Question(token, command.Subcommands.Select(c => c.Name))} Commands: {string.Join(", ", command.Subcommands.Select(c => c.Name))}."
                : $"'{called}' does not take {token}. See '{called} --help'.";
        }

        var message = parsed.Errors[0].Message;
        return $"{message}{(message[^1] is '.' or '?' or '!' ? string.Empty : ".")} See '{called} --help'.";
    }

    private static IEnumerable<string> OptionsOf(ParseResult parsed)
    {
        for (SymbolResult? result = parsed.CommandResult; result is not null; result = result.Parent)
        {
            foreach (var option in ((CommandResult)result).Command.Options)
                yield return option.Name;
        }
    }
}
