using System.Diagnostics;

namespace Verification.Stack.Leftovers;

/// <summary>Starts a program in a session of its own, so that a signal to the terminal's process group does not reach it.</summary>
public static class OwnSession
{
    private static readonly string? Setsid = Array.Find(["/usr/bin/setsid", "/bin/setsid"], File.Exists);

    /// <summary>What to start for <paramref name="program"/>. The process id stays that of the program: <c>setsid</c> replaces itself by
    /// it.</summary>
    public static ProcessStartInfo Of(string program, IEnumerable<string> arguments) =>
        Setsid is null
            ? new ProcessStartInfo(program, arguments) { UseShellExecute = false }
            : new ProcessStartInfo(Setsid, [program, .. arguments]) { UseShellExecute = false };
}
