using System.CommandLine;
using System.CommandLine.Parsing;
using Verification.Gate.Platform;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Images;
using Verification.Stack.Sessions;

namespace Verification.Gate.Commands;

/// <summary>The options that say which platform is meant, the same wherever one is.</summary>
internal sealed class PlatformOptions
{
    /// <summary>The components whose image can be named.</summary>
    public static readonly string[] Components = [.. ComponentList.Roles.Select(role => role.Name)];

    private readonly Option<string?> sut = new("--sut")
    {
        Description = "The system under test: its images and environment. Default: sut.yaml",
        HelpName = "FILE",
    };
    private readonly Option<string?> broker = new("--broker")
    {
        Description = "Kind of broker: artemis or classic. Default: artemis where it can be had",
        HelpName = "KIND",
    };
    private readonly Option<string[]> image = ImageOption("--image", "Use this image for a component", "COMPONENT=IMAGE", Components);

    public PlatformOptions()
    {
        sut.Validators.Add(MustExist);
        broker.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value is not ("artemis" or "classic"))
                result.AddError(
                    $"--broker {token.Value}: expected artemis or classic.{Suggestion.Question(token.Value, ["artemis", "classic"])}"
                );
        });
    }

    /// <summary>An option that names images, each of one of some components.</summary>
    public static Option<string[]> ImageOption(string name, string description, string form, IReadOnlyList<string> components)
    {
        var option = new Option<string[]>(name)
        {
            Description = $"{description} ({string.Join(", ", components)})",
            HelpName = $"{form}...",
            AllowMultipleArgumentsPerToken = true,
        };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                var parts = token.Value.Split('=', 2);
                if (parts is not [{ Length: > 0 }, { Length: > 0 }])
                    result.AddError($"{name} {token.Value}: expected {form}, for example server=registry.example/server:1.2");
                else if (!components.Contains(parts[0], StringComparer.Ordinal))
                    result.AddError(
                        $"{name} {token.Value}: there is no component {parts[0]}; there are {string.Join(", ", components)}.{Suggestion.Question(parts[0], components)}"
                    );
                else if (ImageOverrides.ProblemOf(parts[0], parts[1]) is { } problem)
                    result.AddError($"{name} {parts[0]}: {problem}");
            }

            foreach (var twice in result.Tokens.GroupBy(token => token.Value.Split('=', 2)[0], StringComparer.Ordinal))
            {
                if (twice.Select(token => token.Value).Distinct(StringComparer.Ordinal).Count() > 1)
                    result.AddError($"{name} {twice.Key}: two images are named. Name one.");
            }
        });
        return option;
    }

    /// <summary>What such an option names, by component.</summary>
    public static IReadOnlyDictionary<string, string> ImagesOf(ParseResult parsed, Option<string[]> option) =>
        (parsed.GetValue(option) ?? [])
            .Select(pair => pair.Split('=', 2))
            .GroupBy(pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.Ordinal);

    public void AddTo(Command command)
    {
        AddImagesTo(command);
        command.Options.Add(broker);
    }

    /// <summary>Only what says which images are meant.</summary>
    public void AddImagesTo(Command command)
    {
        command.Options.Add(sut);
        command.Options.Add(image);
    }

    /// <summary>The platform that is meant.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="root">The project.</param>
    /// <param name="gates">Path of the objectives that the system under test is held to.</param>
    /// <exception cref="DocumentException">The system under test, or the objectives, are described wrongly.</exception>
    public PlatformChoice Of(ParseResult parsed, ProjectRoot root, string gates)
    {
        var described = parsed.GetValue(sut) ?? root.Sut;
        // Before anything is started: what it promises must be something that can be measured.
        SutFile.Read(described, GatesFile.Read(gates));
        return new PlatformChoice(
            root,
            described,
            parsed.GetValue(broker) is { } kind ? BrokerChoice.Parse(kind, "--broker ") : null,
            ImagesOf(parsed, image)
        );
    }

    public static void MustExist(OptionResult result)
    {
        if (result.Tokens is [var token] && !File.Exists(token.Value))
            result.AddError(
                $"{result.Option.Name} {token.Value}: {(Directory.Exists(token.Value) ? "this is a folder" : "there is no such file")}. Name a file that is there, or leave the option out."
            );
    }
}
