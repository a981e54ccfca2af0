using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Verification.Benchmarks.Engine.Peers;
using Verification.Objectives;

namespace Verification.Benchmarks.Engine.Servers;

/// <summary>nginx with one worker, which answers everything with 200 bytes of JSON from its memory.</summary>
internal sealed class StaticServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Process process;

    private StaticServer(Process process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>Where it listens: loopback.</summary>
    public Uri Address { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="InvalidDataException">It did not within 10 s.</exception>
    public static async Task<StaticServer> StartAsync(ForeignProgram nginx, RunFolder run, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(run.Path, "nginx")).FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(folder, address), cancellationToken);
        var process = nginx.Start(run, "-e", "stderr", "-p", folder, "-c", configuration);
        try
        {
            await AwaitAsync(process, address, cancellationToken);
            return new StaticServer(process, address);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Configuration(string folder, Uri address) =>
        $$"""
            daemon off;
            master_process off;
            pid {{folder}}/pid;
            events { worker_connections 1024; }
            http {
              access_log off;
              keepalive_requests 1000000000;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              server {
                listen {{address.Authority}};
                default_type application/json;
                location / { return 200 '{{EngineLoad.Body}}'; }
              }
            }
            """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task AwaitAsync(Process process, Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                var body = await client.GetStringAsync(address, cancellationToken);
                if (body == EngineLoad.Body)
                    return;
                throw new InvalidDataException($"{address} is answered by somebody else: {Quotation.Of(body)}");
            }
            catch (HttpRequestException e)
            {
                if (process.HasExited)
                    throw new InvalidDataException(
                        $"nginx ended with {process.ExitCode}: {Quotation.Of(await process.StandardError.ReadToEndAsync(cancellationToken))}",
                        e
                    );
                if (Stopwatch.GetElapsedTime(since) > Patience)
                    throw new InvalidDataException($"nginx did not answer within {Patience.TotalSeconds:0} s.", e);
                await Task.Delay(50, cancellationToken);
            }
        }
    }
}
