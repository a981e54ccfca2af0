namespace Verification.Stack.Readiness;

/// <summary>A component did not come up. The message names it and what was awaited, and ends with the tail of its log.</summary>
/// <param name="component">Name of the instance.</param>
/// <param name="role">What the instance is to others.</param>
/// <param name="awaited">The state that was awaited, and what was seen instead.</param>
/// <param name="logTail">Its last log lines; empty if there are none.</param>
/// <param name="cause">What went wrong.</param>
public sealed class StartException(string component, Role role, string awaited, string logTail, Exception cause)
    : Exception(
        $"{component} did not start. {awaited}\n--- last lines of {component}'s log ---\n{(logTail.Length > 0 ? logTail : "(it wrote none)")}",
        cause
    )
{
    /// <summary>Name of the instance.</summary>
    public string Component { get; } = component;

    /// <summary>What the instance is to others.</summary>
    public Role Role { get; } = role;
}
