using System.ComponentModel;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using Docker.DotNet;
using Verification.Gate.Commands;
using Verification.Gate.Interruptions;
using Verification.Objectives;
using Verification.Stack.Control;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Images.Registries;
using Verification.Stack.Readiness;
using Verification.Stack.Runs;

namespace Verification.Gate.Endings;

/// <summary>Which ending each failure has. No failure ends the program with a stack trace, or with the exit code of a FAIL that nobody
/// measured.</summary>
internal static class EndingOf
{
    // errno, as .NET hands it on in an IOException.
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int NoQuota = 122;

    /// <summary>The ending of a failure.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="interruption">The signals that have come.</param>
    public static Ending Failure(Exception failure, Interruption? interruption)
    {
        var cause = CauseOf(failure);
        // What fails after a signal fails by it: a connection that was closed, a container that is gone.
        if (interruption is { ExitCode: { } code, Signal: { } signal })
            return new Ending(
                code,
                cause is OperationCanceledException ? $"ended by {signal}." : $"ended by {signal}; on the way: {Said(cause)}"
            );
        return cause switch
        {
            UsageException or DocumentException or FormatException or StackNotFoundException => new Ending(
                ExitCodes.Usage,
                Quotation.Of(cause.Message, 4 * Quotation.Longest)
            ),
            ImageException { IsNameAtFault: true } => new Ending(ExitCodes.Usage, Quotation.Of(cause.Message, 4 * Quotation.Longest)),
            EngineMissingException
            or ImageException
            or RegistryException
            or MachineException
            or LockException
            or StackUnreachableException => Machine(Quotation.Of(cause.Message, 4 * Quotation.Longest)),
            StartException when EngineRefusal.OfMachineIn(cause) is { } refusal => Machine(EngineRefusal.Tell(refusal)),
            DockerApiException refusal => Machine(EngineRefusal.Tell(refusal)),
            // What was started for this did not come up: that is what platform.starts says.
            StartException or StateNotSeenException => new Ending(ExitCodes.Fail, Quotation.Lines(cause.Message)),
            UnauthorizedAccessException => Machine(
                $"{Said(cause)} Give this user the right to it, or start as one that has it; ./verify doctor names every folder that is written."
            ),
            IOException { HResult: NoSpace or NoQuota } => Machine(
                $"{Said(cause)} Make room there; ./verify doctor tells how much each folder has."
            ),
            IOException { HResult: ReadOnly } => Machine(
                $"{Said(cause)} Use a writable checkout; ./verify doctor names every folder that is written."
            ),
            HttpRequestException or SocketException => Machine(
                $"{Said(cause)} Whoever was asked does not answer: see that the Docker engine runs, and that its address is reached (./verify doctor)."
            ),
            TimeoutException => Machine(
                $"{Said(cause)} An answer was awaited in vain: see that the Docker engine runs and is not overloaded (./verify doctor)."
            ),
            IOException => Machine(
                $"{Said(cause)} A file or a connection could not be read or written: ./verify doctor tells what this machine lacks."
            ),
            Win32Exception => Machine(
                $"{Said(cause)} A program that is needed can't be started: install it, or put its folder into PATH (./verify doctor)."
            ),
            OutOfMemoryException => Machine(
                "This machine has no memory left for the gate. End what nobody needs, or use a machine with more."
            ),
            OperationCanceledException => new Ending(
                ExitCodes.Unknown,
                $"{Said(cause)} It was ended before it was decided, by no signal.",
                Foreseen: false
            ),
            JsonException => new Ending(
                ExitCodes.Unknown,
                $"What was answered or stored is not the JSON that was expected: {Said(cause)}",
                Foreseen: false
            ),
            _ => new Ending(ExitCodes.Unknown, $"The program is at fault ({cause.GetType().Name}): {Said(cause)}", Foreseen: false),
        };
    }

    private static Ending Machine(string sentence) => new(ExitCodes.Machine, sentence);

    /// <summary>What went wrong, without the wrappings that the runtime puts around it.</summary>
    private static Exception CauseOf(Exception failure) =>
        failure switch
        {
            TypeInitializationException or TargetInvocationException when failure.InnerException is { } inner => CauseOf(inner),
            AggregateException { InnerExceptions: [var first, ..] } => CauseOf(first),
            _ => failure,
        };

    /// <summary>The message and, where it says more, that of the innermost failure: "Connection failed" alone helps nobody.</summary>
    private static string Said(Exception failure)
    {
        var inner = failure.GetBaseException();
        var said = Quotation.Of(failure.Message);
        if (!ReferenceEquals(inner, failure) && !said.Contains(Quotation.Of(inner.Message), StringComparison.Ordinal))
            said = $"{said.TrimEnd('.')}: {Quotation.Of(inner.Message)}";
        return said.Length > 0 && said[^1] is '.' or '!' or '?' ? said : $"{said}.";
    }
}
