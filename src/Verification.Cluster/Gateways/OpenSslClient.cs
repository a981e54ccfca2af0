using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Verification.Cluster.Programs;
using Verification.Objectives;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Gateways;

/// <summary>A client that still speaks old versions of TLS, which that of .NET can't be made to: openssl, its own objections taken
/// away.</summary>
/// <param name="folder">The run.</param>
/// <exception cref="ToolMissingException">The program is in none of its places.</exception>
public sealed class OpenSslClient(RunFolder folder)
{
    private const string AnyCipher = "DEFAULT:@SECLEVEL=0";
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);
    private readonly Tool openssl = Tool.Find("openssl");

    /// <summary>Shakes hands.</summary>
    /// <param name="address">With whom.</param>
    /// <param name="host">By which name.</param>
    /// <param name="version">In which version, as openssl names its option: <c>tls1_1</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether the other side agreed.</returns>
    public async Task<bool> IsTakenAsync(IPEndPoint address, string host, string version, CancellationToken cancellationToken)
    {
        var result = await RunAsync(
                ["s_client", "-connect", $"{address}", "-servername", host, $"-{version}", "-cipher", AnyCipher],
                cancellationToken
            )
            .ConfigureAwait(false);
        return result.ExitCode == 0
            && result.Output.Contains("Cipher is ", StringComparison.Ordinal)
            && !result.Output.Contains("Cipher is (NONE)", StringComparison.Ordinal);
    }

    /// <summary>Shakes hands with a server of its own that takes only one version: who can't do that says nothing of one that refuses
    /// it.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">It did not within 10 s.</exception>
    public async Task AwaitSpokenAsync(string version, CancellationToken cancellationToken)
    {
        var certificate = Path.Combine(folder.Secrets, "openssl.pem");
        WriteCertificate(certificate);
        var address = FreeAddress();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var server = RunAsync(
            ["s_server", "-accept", $"{address}", "-cert", certificate, $"-{version}", "-cipher", AnyCipher, "-quiet"],
            over.Token
        );
        try
        {
            await Eventually
                .IsTrueAsync(
                    $"openssl speaks {version} with itself",
                    AnswersWithin,
                    ct => IsTakenAsync(address, "localhost", version, ct),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await ((Task)server).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            File.Delete(certificate);
        }
    }

    private Task<ToolResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        openssl.RunAsync(folder, arguments, new Dictionary<string, string>(), folder.Path, cancellationToken);

    private static void WriteCertificate(string path)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=localhost",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n");
    }

    private static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
