using Verification.Gate.Commands;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Runs;

namespace Verification.Gate.Platform;

/// <summary>The ports of this machine that a stack for people is to have.</summary>
/// <param name="Dashboard">That of the Dashboard.</param>
/// <param name="Server">That of the Server.</param>
internal sealed record WantedPorts(int Dashboard, int Server)
{
    private static readonly string Others = "or take others (--port-dashboard, --port-server)";

    /// <summary>By service, as a start takes them.</summary>
    public IReadOnlyDictionary<string, int> ByService =>
        new Dictionary<string, int>(StringComparer.Ordinal) { ["dashboard"] = Dashboard, ["server"] = Server };

    /// <summary>Sees, before anything is made, that each can be had.</summary>
    /// <param name="kept">Folders of the runs whose stack is kept.</param>
    /// <exception cref="UsageException">They are one and the same.</exception>
    /// <exception cref="MachineException">One is taken; the message says by which stack, where it is one of this program.</exception>
    public void MustBeFree(IReadOnlyList<RunFolder> kept)
    {
        if (Dashboard == Server)
            throw new UsageException($"--port-dashboard and --port-server are both {Dashboard}: give each a port of its own.");
        foreach (var port in ByService.Values)
        {
            if (kept.SelectMany(StacksOf).FirstOrDefault(stack => HasPort(stack, port)) is { } holder)
                throw new MachineException(
                    $"port {port} is taken by the stack of run {RunFolder.OfStack(holder).Id}, which stays until ./verify down. Measure that one (./verify gate --stack {holder}), remove it, {Others}."
                );
            if (!PortLease.IsFree(port))
                throw new MachineException($"port {port} of this machine is taken by another program. End what listens there, {Others}.");
        }
    }

    private static IEnumerable<string> StacksOf(RunFolder folder)
    {
        var stages = Path.GetDirectoryName(folder.Of("any").Stack)!;
        return new[] { folder.Stack }.Where(File.Exists).Concat(Directory.Exists(stages) ? Directory.EnumerateFiles(stages, "*.json") : []);
    }

    private static bool HasPort(string file, int port)
    {
        try
        {
            return StackFile
                .Read(file)
                .Instances.SelectMany(instance => instance.Ports.Values)
                .Any(address => address.EndsWith($":{port}", StringComparison.Ordinal));
        }
        catch (DocumentException)
        {
            // Whoever holds the port is then not known by its name.
            return false;
        }
    }
}
