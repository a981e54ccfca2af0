using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Verification.Benchmarks.Engine.Peers;
using Verification.Objectives;

namespace Verification.Benchmarks.Engine.Servers;

/// <summary>The <see cref="ArrivalServer"/>, from the side of who asks it.</summary>
internal sealed class Arrivals : IDisposable
{
    private readonly Process process;
    private readonly RunFolder run;

    private Arrivals(Process process, RunFolder run, Uri address) => (this.process, this.run, Address) = (process, run, address);

    /// <summary>Where it listens: loopback.</summary>
    public Uri Address { get; }

    /// <summary>Starts it.</summary>
    public static async Task<Arrivals> StartAsync(RunFolder run, CancellationToken cancellationToken)
    {
        var process = new ForeignProgram("arrivals", Environment.ProcessPath!, []).Start(run, ArrivalServer.Command);
        var port = await NumberAsync(process, cancellationToken);
        return new Arrivals(process, run, new Uri($"http://127.0.0.1:{port}/"));
    }

    /// <summary>What has arrived before counts no more.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => SayAsync("begin", cancellationToken);

    /// <summary>When each request has arrived since, on the server's clock, in ns.</summary>
    public async Task<long[]> EndAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(run.Path, "arrivals");
        await SayAsync($"end {file}", cancellationToken);
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        return
        [
            .. Enumerable
                .Range(0, bytes.Length / sizeof(long))
                .Select(index => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(index * sizeof(long)))),
        ];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private async Task SayAsync(string line, CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await process.StandardInput.FlushAsync(cancellationToken);
        await NumberAsync(process, cancellationToken);
    }

    private static async Task<int> NumberAsync(Process process, CancellationToken cancellationToken) =>
        await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line
            ? int.Parse(line, CultureInfo.InvariantCulture)
            : throw new InvalidDataException(
                $"The server of arrivals has ended: {Quotation.Of(await process.StandardError.ReadToEndAsync(cancellationToken))}"
            );
}
