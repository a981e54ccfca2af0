using System.CommandLine;
using Verification.Gate.Publishing;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary><c>verify publish</c>.</summary>
internal static class PublishCommand
{
    public static Command Make(Invoker invoke)
    {
        var run = new Argument<string?>("RUN")
        {
            Description = "Id of the run, 'last', or the path of its folder. Default: the newest PASS",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var registry = Registry("Where the images go: a registry, with the path before each component's name");
        registry.Required = true;
        var environment = new Option<string?>("--environment")
        {
            Description = "Write the digests into environments/NAME/images.yaml",
            HelpName = "NAME",
        };
        var command = new Command(
            "publish",
            """
            Push the images of a PASS to a registry, as they were verified: nothing is made anew. The verdict, with all that it rests on, and a bill of material
            (CycloneDX) are kept beside each image as OCI artifacts; ./verify admit --deployed and ./verify history --registry read them from there.

            Exit code 0 published, 1 the run is no PASS of a whole release, 3 no PASS is at hand, 4 the registry does not answer or refuses, or the engine
            does not have an image any more.

            Examples:
              ./verify publish --registry registry.example/team
              ./verify publish 20261124-083015-4f2a --registry 127.0.0.1:5000 --environment production
            """
        )
        {
            run,
            registry,
            environment,
        };
        command.SetAction(
            (parsed, _) =>
                invoke(context =>
                    new PublishRun(context.Root, context.Progress).RunAsync(
                        new PublishOptions(parsed.GetValue(run), parsed.GetValue(registry)!.TrimEnd('/'), parsed.GetValue(environment)),
                        context.Ended
                    )
                )
        );
        return command;
    }

    /// <summary>An option that names a registry.</summary>
    public static Option<string?> Registry(string description)
    {
        var option = new Option<string?>("--registry") { Description = description, HelpName = "REGISTRY" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is not [var token])
                return;
            var name = $"{token.Value.TrimEnd('/')}/server";
            if (ImageName.ProblemOf(name) is { } problem)
                result.AddError(
                    $"--registry {token.Value}: {problem}. Expected a host, perhaps with a port and a path, such as registry.example/team."
                );
            else if (ImageName.Parse(name).Registry is null)
                result.AddError(
                    $"--registry {token.Value}: it names no host. Expected one, perhaps with a port and a path, such as registry.example/team."
                );
        });
        return option;
    }
}
