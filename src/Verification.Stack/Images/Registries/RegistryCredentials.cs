using Docker.DotNet.Models;

namespace Verification.Stack.Images.Registries;

/// <summary>
/// The credentials that the docker command would send to a registry: those of <c>DOCKER_AUTH_CONFIG</c>, else what a program named by
/// <c>credHelpers</c> or
/// <c>credsStore</c> keeps, else those of <c>auths</c> in <c>config.json</c>, which lies in <c>DOCKER_CONFIG</c> or <c>~/.docker</c>.
/// </summary>
/// <param name="file">The configuration; it need not be there.</param>
/// <param name="given">What <c>DOCKER_AUTH_CONFIG</c> holds, or null.</param>
/// <param name="deadline">How long a program may take.</param>
internal sealed class RegistryCredentials(string file, string? given, TimeSpan deadline)
{
    private const string FolderVariable = "DOCKER_CONFIG";
    private const string ContentVariable = "DOCKER_AUTH_CONFIG";

    public static RegistryCredentials FromEnvironment()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");
        return new RegistryCredentials(
            Path.Combine(folder, "config.json"),
            Environment.GetEnvironmentVariable(ContentVariable),
            CredentialHelper.Deadline
        );
    }

    /// <summary>The credentials for a registry; none where there are none, or they can't be had: then it is asked without, and the problem
    /// says why.</summary>
    /// <param name="host">Its host, with its port if it has one; <c>docker.io</c> for Docker Hub.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(AuthConfig? Credentials, string? Problem)> OfAsync(string host, CancellationToken cancellationToken)
    {
        var registry = RegistryKey.Of(host);
        try
        {
            if (given is { Length: > 0 } && DockerConfig.Parse(given, ContentVariable).CredentialsOf(registry) is { } told)
                return (told, null);
            if (!File.Exists(file))
                return (null, null);
            var config = DockerConfig.Parse(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false), file);
            return config.HelperOf(registry) is { } helper
                ? (await CredentialHelper.AskAsync(helper, registry.Keys[0], deadline, cancellationToken).ConfigureAwait(false), null)
                : (config.CredentialsOf(registry), null);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return (null, $"asked without credentials: {e.Message}");
        }
    }
}
