using CliWrap;
using CliWrap.Buffered;

namespace Verification.Stack.Images.Debian;

/// <summary>What this machine's own apt knows: a Debian mirror, the keys its releases are signed with, and the way out.</summary>
/// <param name="Mirror">Root of the mirror, with a slash at the end.</param>
/// <param name="Keyring">File with the archive's keys.</param>
/// <param name="Proxy">Proxy apt uses for HTTP, or null.</param>
internal sealed record HostApt(Uri Mirror, string Keyring, string? Proxy)
{
    /// <summary>Names a Debian mirror on a machine whose apt has none.</summary>
    public const string Variable = Sessions.VerifyVariables.DebianMirror;

    private const string DebianKeyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /// <summary>Asks apt. Changes nothing.</summary>
    /// <exception cref="PlatformNotSupportedException">The machine can't use Debian packages; the message says why.</exception>
    public static async Task<HostApt> FindAsync(CancellationToken cancellationToken)
    {
        foreach (var program in new[] { "apt-get", "apt-cache", "dpkg-deb" })
        {
            if (!File.Exists($"/usr/bin/{program}"))
                throw new PlatformNotSupportedException($"this machine has no {program}");
        }

        if (!File.Exists(DebianKeyring))
            throw new PlatformNotSupportedException($"{DebianKeyring} is missing (package debian-archive-keyring)");

        var mirror = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : await AskMirrorAsync(cancellationToken).ConfigureAwait(false);
        var proxy = await AskAsync("apt-config", ["shell", "P", "Acquire::http::Proxy"], cancellationToken).ConfigureAwait(false);
        var address = proxy.Split('\'') is [_, var value, ..] && value.Length > 0 ? value : null;
        return new HostApt(new Uri(mirror.TrimEnd('/') + "/"), DebianKeyring, address);
    }

    private static async Task<string> AskMirrorAsync(CancellationToken cancellationToken)
    {
        var targets = await AskAsync(
                "apt-get",
                ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Origin: Debian", "Label: Debian"],
                cancellationToken
            )
            .ConfigureAwait(false);
        return targets.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()
            ?? throw new PlatformNotSupportedException(
                $"this machine's apt has no Debian mirror, or never read its index (name one in {Variable}, or run apt-get update)"
            );
    }

    private static async Task<string> AskAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var answer = await Cli.Wrap(program)
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken)
            .ConfigureAwait(false);
        return answer.StandardOutput;
    }
}
