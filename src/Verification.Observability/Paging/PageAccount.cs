namespace Verification.Observability;

/// <summary>What was paged while a fault was there, beside what should have been: the one page of the fault, and none for what follows from it.</summary>
/// <param name="Must">The alert that tells of the fault.</param>
/// <param name="May">Alerts that may be paged besides.</param>
/// <param name="Notifications">All that was delivered, in order.</param>
public sealed record PageAccount(string Must, IReadOnlyList<string> May, IReadOnlyList<Notification> Notifications)
{
    /// <summary>The receiver that wakes somebody.</summary>
    public const string Pager = "pager";

    /// <summary>The notifications that woke somebody: those with an alert that fires. One that only says that all has ended wakes nobody.</summary>
    public IReadOnlyList<Notification> Pages => [.. Notifications.Where(each => each.Receiver == Pager && each.Alerts.Any(alert => alert.Firing))];

    /// <summary>Whether the fault was paged.</summary>
    public bool IsPaged => Pages.Any(page => page.Alerts.Any(alert => alert.Firing && alert.Name == Must));

    /// <summary>Whether its end was delivered after the last page of it.</summary>
    public bool IsResolved => Notifications.Where(each => each.Receiver == Pager).SelectMany(each => each.Alerts).LastOrDefault(alert => alert.Name == Must) is { Firing: false };

    /// <summary>Pages that should not have been: of another alert, or of the fault once more.</summary>
    public IReadOnlyList<string> Needless =>
    [
        .. Pages.SelectMany(page => page.Alerts).Where(alert => alert.Firing && alert.Name != Must && !May.Contains(alert.Name)).Select(alert => $"{alert} was paged"),
        .. Pages.Where(page => page.Alerts.Any(alert => alert.Firing && alert.Name == Must)).Skip(1).Select(_ => $"{Must} was paged once more"),
    ];
}
