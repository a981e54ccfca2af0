using System.ComponentModel;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using Docker.DotNet.Models;

namespace Verification.Stack.Images.Registries;

/// <summary>A program that keeps credentials: <c>docker-credential-NAME get</c>
/// (https://github.com/docker/docker-credential-helpers).</summary>
internal static class CredentialHelper
{
    private const string NotFound = "credentials not found";
    private const string TokenUser = "<token>";

    /// <summary>How long a program may take; one that asks its user a question would wait for ever.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>What a program keeps for a key; null where it keeps nothing.</summary>
    /// <exception cref="InvalidOperationException">It is not there, fails, takes too long, or answers something else. The message holds
    /// nothing of a good answer.</exception>
    public static async Task<AuthConfig?> AskAsync(string name, string key, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var program = $"docker-credential-{name}";
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(deadline);
        BufferedCommandResult answer;
        try
        {
            answer = await Cli.Wrap(program)
                .WithArguments("get")
                .WithStandardInputPipe(PipeSource.FromString(key))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(stop.Token)
                .ConfigureAwait(false);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program} is not on PATH", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{program} gave no answer within {deadline.TotalSeconds:0.###} s", e);
        }

        if (answer.ExitCode != 0)
        {
            var said = $"{answer.StandardOutput} {answer.StandardError}".ReplaceLineEndings(" ").Trim();
            return said.Contains(NotFound, StringComparison.OrdinalIgnoreCase)
                ? null
                : throw new InvalidOperationException($"{program} ended with {answer.ExitCode}: {said}");
        }

        return Read(answer.StandardOutput, key)
            ?? throw new InvalidOperationException($"{program} answered something else than credentials");
    }

    private static AuthConfig? Read(string answer, string key)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            var (user, secret) = (json.RootElement.GetProperty("Username").GetString(), json.RootElement.GetProperty("Secret").GetString());
            return user == TokenUser
                ? new AuthConfig { IdentityToken = secret, ServerAddress = key }
                : new AuthConfig
                {
                    Username = user,
                    Password = secret,
                    ServerAddress = key,
                };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
