namespace Verification.Observability;

/// <summary>What was delivered while a fault was there, beside what should have been: the fault once, and nothing that follows from
/// it.</summary>
/// <param name="Must">The alert that tells of the fault.</param>
/// <param name="Receiver">Who has to hear of it.</param>
/// <param name="May">Alerts that may be told besides.</param>
/// <param name="Notifications">All that was delivered, in order.</param>
public sealed record PageAccount(string Must, string Receiver, IReadOnlyList<string> May, IReadOnlyList<Notification> Notifications)
{
    /// <summary>The receiver that wakes somebody.</summary>
    public const string Pager = "pager";

    /// <summary>The receiver that waits for the morning.</summary>
    public const string Tickets = "tickets";

    /// <summary>The notifications that woke somebody: those with an alert that fires. One that only says that all has ended wakes
    /// nobody.</summary>
    public IReadOnlyList<Notification> Pages => [.. FiringTo(Pager)];

    /// <summary>Whether the fault was told.</summary>
    public bool IsTold => Told.Count > 0;

    /// <summary>Whether its end was delivered after the last word of it.</summary>
    public bool IsOver =>
        Notifications.Where(each => each.Receiver == Receiver).SelectMany(each => each.Alerts).LastOrDefault(alert => alert.Name == Must)
            is { Firing: false };

    /// <summary>What should not have been delivered: a page or a ticket of another alert, or the fault once more, of no instance that was
    /// not told yet. The ticket of an error budget is none of them: it comes late, of a fault that is over.</summary>
    public IReadOnlyList<string> Needless =>
        [
            .. Pages.SelectMany(Others).Select(alert => $"{alert} was paged"),
            .. FiringTo(Tickets).SelectMany(Others).Where(alert => alert.IsOfFault).Select(alert => $"{alert} was a ticket"),
            .. Told.Where((told, index) => index > 0 && !InstancesOf([told]).Except(InstancesOf(Told.Take(index))).Any())
                .Select(_ => $"{Must} was told once more"),
        ];

    /// <summary>How many notifications there were of something that fires.</summary>
    public int Firing => Notifications.Count(each => each.Alerts.Any(alert => alert.Firing));

    private IEnumerable<DeliveredAlert> Others(Notification notification) =>
        notification.Alerts.Where(alert => alert.Firing && alert.Name != Must && !May.Contains(alert.Name));

    private IEnumerable<string> InstancesOf(IEnumerable<Notification> told) =>
        told.SelectMany(each => each.Alerts).Where(alert => alert.Firing && alert.Name == Must).Select(alert => alert.Instance);

    private List<Notification> Told => [.. FiringTo(Receiver).Where(each => each.Alerts.Any(alert => alert.Firing && alert.Name == Must))];

    private IEnumerable<Notification> FiringTo(string receiver) =>
        Notifications.Where(each => each.Receiver == receiver && each.Alerts.Any(alert => alert.Firing));
}
