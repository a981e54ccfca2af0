using System.Globalization;

namespace Verification.Stack.Runs;

/// <summary>A process, told from every other one by whoever sees the same processes: an id alone is given again.</summary>
/// <param name="Boot">Id of the boot of its kernel.</param>
/// <param name="Namespace">The namespace in which its id counts.</param>
/// <param name="Id">Its id.</param>
/// <param name="Start">When it started, in clock ticks since the boot.</param>
public sealed record ProcessIdentity(string Boot, string Namespace, int Id, string Start)
{
    // Fields of /proc/<id>/stat after the program's name (which may hold blanks).
    private const int SessionField = 3;
    private const int StartField = 19;

    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } = Of(Environment.ProcessId);

    /// <summary>A process of this namespace.</summary>
    public static ProcessIdentity Of(int id) =>
        new(
            File.Exists("/proc/sys/kernel/random/boot_id") ? File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() : string.Empty,
            new FileInfo("/proc/self/ns/pid").LinkTarget ?? string.Empty,
            id,
            StatField(id, StartField)
        );

    /// <summary>The session that a process belongs to: the id of its leader; 0 where it can't be seen.</summary>
    public static int SessionOf(int id) =>
        int.TryParse(StatField(id, SessionField), CultureInfo.InvariantCulture, out var session) ? session : 0;

    /// <summary>Reads what <see cref="ToString"/> has written; null where it is something else.</summary>
    public static ProcessIdentity? Parse(string? text) =>
        text?.Trim().Split(' ') is [var boot, var space, var id, var start]
        && int.TryParse(id, CultureInfo.InvariantCulture, out var number)
            ? new ProcessIdentity(boot, space, number, start)
            : null;

    /// <summary>Whether it lives; null where that can't be seen from here: on another machine, from another namespace, or where the system
    /// hides the processes of others.</summary>
    public bool? Lives()
    {
        if (Boot.Length == 0 || Start.Length == 0 || Boot != Current.Boot || Namespace.Length == 0 || Namespace != Current.Namespace)
            return null;
        if (StatField(Id, StartField) == Start)
            return true;
        return StatField(1, StartField).Length > 0 ? false : null;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Boot} {Namespace} {Id} {Start}");

    private static string StatField(int id, int index)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[index];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
