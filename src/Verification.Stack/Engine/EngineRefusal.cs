using System.Text.Json;
using Docker.DotNet;
using Verification.Objectives;

namespace Verification.Stack.Engine;

/// <summary>What a Docker engine says when it refuses, in its own words, with what to do about it.</summary>
public static class EngineRefusal
{
    private const string Unknown = "The engine's log says more; ./verify doctor tells what it can do.";

    // What the engine says where the machine is at fault, whatever was to be started. Words of Docker Engine 20.10 to 28.
    private static readonly (string Words, string Advice)[] OfMachine =
    [
        ("non-overlapping IPv4 address pool", NoNetwork),
        ("address pools have been fully subnetted", NoNetwork),
        ("no space left on device", "Make room where the engine keeps its data: ./verify sweep, docker system prune."),
        ("disk quota exceeded", "Make room where the engine keeps its data: ./verify sweep, docker system prune."),
        ("port is already allocated", PortTaken),
        ("address already in use", PortTaken),
        ("too many open files", "Raise the engine's limit of open files, or end containers that nobody needs."),
        ("cannot allocate memory", "End containers that nobody needs, or use a machine with more memory."),
        ("client version", "Docker Engine 20.10 (API 1.41) or later is needed."),
    ];

    private const string NoNetwork =
        "No range of addresses is left for a network: remove the networks that nobody uses (./verify sweep, docker network prune), or give the engine more ranges (default-address-pools in its daemon.json).";

    private const string PortTaken = "End what listens on that port, or take another one (./verify up --help).";

    /// <summary>One sentence of the engine, and one of advice.</summary>
    public static string Tell(DockerApiException refusal)
    {
        var words = WordsOf(refusal);
        return $"The Docker engine refused ({(int)refusal.StatusCode}): {words.TrimEnd('.')}. {AdviceOn(words) ?? Unknown}";
    }

    /// <summary>The refusal behind a failure, where it says that this machine lacks something (addresses, ports, room, memory); null where
    /// there is none, or where what was
    /// to be started may be at fault.</summary>
    public static DockerApiException? OfMachineIn(Exception failure)
    {
        for (Exception? each = failure; each is not null; each = each.InnerException)
        {
            if (each is DockerApiException refusal && AdviceOn(WordsOf(refusal)) is not null)
                return refusal;
        }

        return null;
    }

    private static string? AdviceOn(string words) =>
        Array.Find(OfMachine, known => words.Contains(known.Words, StringComparison.OrdinalIgnoreCase)).Advice;

    /// <summary>The engine answers <c>{"message": …}</c>; a proxy in front of it answers as it likes.</summary>
    private static string WordsOf(DockerApiException refusal)
    {
        try
        {
            using var answer = JsonDocument.Parse(refusal.ResponseBody ?? string.Empty);
            if (
                answer.RootElement.ValueKind == JsonValueKind.Object
                && answer.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String
            )
                return Quotation.Of(message.GetString());
        }
        catch (JsonException)
        {
            // Its words as they came.
        }

        return Quotation.Of(refusal.ResponseBody is { Length: > 0 } body ? body : refusal.Message);
    }
}
