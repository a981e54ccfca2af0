using System.Globalization;
using System.Net;
using Verification.Infrastructure.Processes;
using Verification.Objectives;
using Verification.Stack.Images;
using Verification.Stack.Network;
using Verification.Stack.Readiness;
using Verification.Stack.Runs;
using Verification.Stack.Sessions;

namespace Verification.Infrastructure.Simulator;

/// <summary>A simulator of AWS of this run alone: the command that <c>AWS_SIMULATOR</c> names, else moto's server among the programs, on a
/// port of this machine, empty when it starts and gone with the run. It is asked one thing at a time.</summary>
public sealed class AwsSimulator : IAsyncDisposable
{
    private const string Moto = "moto_server";
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static int count;

    // Without it a role can be given no policy that AWS keeps up.
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true",
    };
    private readonly LeashedProcess process;
    private readonly SerialRelay relay;
    private readonly StreamWriter log;
    private readonly HttpClient client = new();

    private AwsSimulator(LeashedProcess process, SerialRelay relay, StreamWriter log, Uri address)
    {
        this.process = process;
        this.relay = relay;
        this.log = log;
        Address = address;
        Aws = new AwsCalls(client, address);
    }

    /// <summary>Where every service answers.</summary>
    public Uri Address { get; }

    /// <summary>The cloud's own interface.</summary>
    public AwsCalls Aws { get; }

    /// <summary>Starts one on loopback, and waits until it answers.</summary>
    /// <param name="run">The run, as its stage has it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SimulatorUnavailableException">There is none, or it does not start.</exception>
    public static Task<AwsSimulator> StartAsync(RunFolder run, CancellationToken cancellationToken) =>
        StartAsync(run, IPAddress.Loopback, cancellationToken);

    /// <summary>Starts one, and waits until it answers.</summary>
    /// <param name="run">The run, as its stage has it.</param>
    /// <param name="at">The address of this machine at which it answers; containers reach none of loopback.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SimulatorUnavailableException">There is none, or it does not start.</exception>
    public static async Task<AwsSimulator> StartAsync(RunFolder run, IPAddress at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(at);
        DirectAddresses.Add($"{at}");
        var named = VerifyVariables.Value(VerifyVariables.AwsSimulator);
        if ((named?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? Found()) is not [var program, .. var options])
            throw new SimulatorUnavailableException(
                $"{VerifyVariables.AwsSimulator} names no simulator of AWS, and {Moto} is in no folder of {ProgramPlaces.Looked()}: let ./verify tools get it, or set the variable to a command such as 'moto_server -H 127.0.0.1'",
                named: VerifyVariables.FirstSet(ProgramPlaces.Variable) is not null
            );
        if (!program.Contains('/', StringComparison.Ordinal) ? ProgramPlaces.Of(program).Count == 0 : !File.Exists(program))
            throw new SimulatorUnavailableException(
                $"{VerifyVariables.AwsSimulator} names {program}, which is not there: set it to a command such as 'moto_server -H 127.0.0.1'",
                named: true
            );
        using var lease = new PortLease();
        var (port, own) = (lease.Take(), lease.Take());
        Directory.CreateDirectory(run.Logs);
        var said = $"aws-simulator-{Interlocked.Increment(ref count):00}.log";
        var log = new StreamWriter(Path.Combine(run.Logs, said));
        var simulator = new AwsSimulator(
            LeashedProcess.Start(
                run,
                [program, .. options, "-H", $"{IPAddress.Loopback}", "-p", own.ToString(CultureInfo.InvariantCulture)],
                run.Path,
                Settings,
                TextWriter.Synchronized(log)
            ),
            new SerialRelay(new IPEndPoint(at, port), new IPEndPoint(IPAddress.Loopback, own), Idle),
            log,
            new Uri($"http://{at}:{port}")
        );
        try
        {
            await simulator.AwaitAsync(cancellationToken).ConfigureAwait(false);
            return simulator;
        }
        catch (Exception e)
        {
            await simulator.DisposeAsync().ConfigureAwait(false);
            if (e is StateNotSeenException or EndedException)
                throw new SimulatorUnavailableException(
                    $"the simulator {(named is null ? "" : $"that {VerifyVariables.AwsSimulator} names ")}({program}) does not answer: {e.Message} {said} has what it said",
                    named: true,
                    e
                );
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await relay.DisposeAsync().ConfigureAwait(false);
        await process.DisposeAsync().ConfigureAwait(false);
        await log.DisposeAsync().ConfigureAwait(false);
        client.Dispose();
    }

    private static string[] Found() => ProgramPlaces.Of(Moto) is [var first, ..] ? [first] : [];

    private Task AwaitAsync(CancellationToken cancellationToken) =>
        Eventually.SucceedsAsync(
            $"the simulator answers at {Address}",
            Start,
            async ct =>
            {
                if (process.HasEnded)
                    throw new EndedException();
                await Aws.BucketsAsync(ct).ConfigureAwait(false);
            },
            cancellationToken
        );

    private sealed class EndedException() : Exception("it has ended.");
}
