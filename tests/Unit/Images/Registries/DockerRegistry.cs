using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Verification.Cluster.Programs;
using Verification.Stack.Certificates;
using Verification.Stack.Readiness;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Images.Registries;

/// <summary>The registry that its project makes (Debian's <c>docker-registry</c>), on loopback: as this machine has it, else from Debian's
/// package, unpacked beside the images.</summary>
internal sealed class DockerRegistry : IAsyncDisposable
{
    private const string Program = "docker-registry";

    // ana:secret, with the least work that bcrypt does.
    private const string Users = "ana:$2b$04$eRihUQ5CuCfVM3WO86Cdh.hEPg68wmv4hcYhpgyMXuXrPJuhMdMSq";

    /// <summary>Looked for once: a package that can't be had is not asked for by each test.</summary>
    private static readonly Lazy<Task<Tool>> Found = new(() => Tool.FindOrGetAsync(Program, Program, CancellationToken.None));
    private readonly TemporaryFolder folder = new();
    private readonly Process process;

    private DockerRegistry(Tool program, DockerRegistryOptions options)
    {
        Host = $"127.0.0.1:{FreePort()}";
        process = Process.Start(
            new ProcessStartInfo(program.Path, [.. program.Before, "serve", folder.File("config.yml", Configuration(options))])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Host and port.</summary>
    public string Host { get; }

    /// <summary>A folder like docker's own for authorities: whose registry speaks TLS, its authority lies there.</summary>
    public string Authorities => Path.Combine(folder.Path, "certs.d");

    /// <summary>Starts one, and waits until it listens.</summary>
    public static async Task<DockerRegistry> StartAsync(DockerRegistryOptions options = default)
    {
        var registry = new DockerRegistry(await FindAsync(), options);
        await Eventually.SucceedsAsync(
            $"{registry.Host} is listened on",
            TimeSpan.FromSeconds(20),
            registry.ConnectAsync,
            TestContext.Current.CancellationToken
        );
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Dispose();
    }

    private static async Task<Tool> FindAsync()
    {
        try
        {
            return await Found.Value;
        }
        catch (ToolMissingException e)
        {
            Lack.Of(e.Message);
            throw;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(Host), cancellationToken);
    }

    private string Configuration(DockerRegistryOptions options)
    {
        var certificate = options.Tls ? Certificate() : null;
        var tls = certificate is null ? "" : $"tls: {{certificate: {certificate}, key: {certificate}}}";
        var login = options.Login ? $"auth: {{htpasswd: {{realm: loopback, path: {folder.File("users", Users)}}}}}" : "";
        return $$$"""
            version: 0.1
            log: {level: error}
            storage:
              filesystem: {rootdirectory: "{{{Path.Combine(folder.Path, "data")}}}"}
              maintenance: {readonly: {enabled: {{{(options.ReadOnly ? "true" : "false")}}} }}
            http:
              addr: {{{Host}}}
              {{{tls}}}
            {{{login}}}
            """;
    }

    /// <summary>A file with its key and certificate; whose authority lies where docker would look for it.</summary>
    private string Certificate()
    {
        using var authority = CertificateAuthority.Create();
        folder.File(Path.Combine("certs.d", Host, "ca.crt"), authority.Pem);
        return folder.File("registry.pem", Encoding.ASCII.GetString(authority.IssueFor(["registry"], TimeSpan.FromDays(1)).Pem));
    }
}

/// <summary>What a registry asks of its clients.</summary>
/// <param name="Login">Whether they must be ana, with her password.</param>
/// <param name="Tls">Whether it speaks TLS.</param>
/// <param name="ReadOnly">Whether it takes nothing.</param>
internal readonly record struct DockerRegistryOptions(bool Login = false, bool Tls = false, bool ReadOnly = false);
