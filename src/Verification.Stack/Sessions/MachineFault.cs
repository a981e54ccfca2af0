using System.Net.Sockets;
using Docker.DotNet;
using Verification.Objectives;
using Verification.Stack.Control;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Readiness;

namespace Verification.Stack.Sessions;

/// <summary>Tells a fault of this machine from one of the platform: what the machine lacks leaves the platform unjudged.</summary>
public static class MachineFault
{
    /// <summary>Why there is no platform, in a sentence, where engine, images or disk are at fault; null where the platform may
    /// be.</summary>
    /// <param name="failure">What was thrown while a platform was started or attached to.</param>
    public static string? Of(Exception failure) =>
        failure switch
        {
            EngineMissingException or ImageException or StackNotFoundException or StackUnreachableException => failure.Message,
            DockerApiException refusal => EngineRefusal.Tell(refusal),
            StartException => EngineRefusal.OfMachineIn(failure) is { } refusal ? EngineRefusal.Tell(refusal)
            : OfEngineIn(failure) is { } silence ? Silent(silence)
            : null,
            StateNotSeenException => null,
            HttpRequestException or SocketException or TimeoutException => Silent(failure),
            IOException or UnauthorizedAccessException => $"This machine could not read or write: {Quotation.Of(failure.Message)}",
            _ => null,
        };

    /// <summary>The failure of a connection behind one of a start. Those of whoever asks whether a component is ready are none of it: they
    /// mean that it is not yet.</summary>
    private static Exception? OfEngineIn(Exception failure)
    {
        for (var each = failure.InnerException; each is not null; each = each.InnerException)
        {
            if (each is HttpRequestException or SocketException)
                return each;
        }

        return null;
    }

    private static string Silent(Exception failure) =>
        $"The Docker engine does not answer: {Quotation.Of(failure.GetBaseException().Message)}";
}
