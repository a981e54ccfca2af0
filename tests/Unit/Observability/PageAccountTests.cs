using Verification.Observability;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed class PageAccountTests
{
    private static readonly DeliveredAlert Down = new("MySQLDown", "", Firing: true);
    private static readonly DeliveredAlert Over = Down with { Firing = false };
    private static readonly DeliveredAlert Failed = new("SyntheticFailed", "server", Firing: true);

    [Fact]
    public void A_fault_that_was_paged_once_and_is_over_has_no_needless_page()
    {
        var account = Of(Page(Down), Page(Over));

        Assert.True(account.IsTold);
        Assert.True(account.IsOver);
        Assert.Single(account.Pages);
        Assert.Empty(account.Needless);
    }

    [Fact]
    public void What_follows_from_a_fault_and_is_paged_is_needless() =>
        Assert.Equal(["SyntheticFailed of server was paged"], Of(Page(Down), Page(Failed), Page(Over)).Needless);

    [Fact]
    public void A_ticket_that_follows_from_a_fault_is_needless_too() =>
        Assert.Equal(["Backlog was a ticket"], Of(Page(Down), Ticket(Down with { Name = "Backlog" }), Page(Over)).Needless);

    [Fact]
    public void The_ticket_of_an_error_budget_may_be_of_an_earlier_fault() =>
        Assert.Empty(Of(Page(Down), Ticket(Down with { Name = "ListsFail", IsOfFault = false }), Page(Over)).Needless);

    [Fact]
    public void What_may_be_paged_besides_is_not_needless() =>
        Assert.Empty(new PageAccount("MySQLDown", "pager", ["SyntheticFailed"], [Page(Down), Page(Failed)]).Needless);

    [Fact]
    public void The_second_page_of_a_fault_is_needless() =>
        Assert.Equal(["MySQLDown was told once more"], Of(Page(Down), Page(Over), Page(Down)).Needless);

    [Fact]
    public void A_fault_of_a_further_instance_is_not_the_same_once_more()
    {
        var (first, second) = (Down with { Instance = "a" }, Down with { Instance = "b" });

        Assert.Empty(Of(Page(first), Page(first, second)).Needless);
        Assert.Equal(["MySQLDown was told once more"], Of(Page(first), Page(first, second), Page(second)).Needless);
    }

    [Fact]
    public void A_ticket_is_no_page()
    {
        var account = Of(new Notification("tickets", [Down]));

        Assert.False(account.IsTold);
        Assert.Empty(account.Pages);
    }

    [Fact]
    public void A_fault_that_waits_for_the_morning_is_told_by_a_ticket_and_by_no_page()
    {
        var account = new PageAccount(
            "RedisNodeDown",
            "tickets",
            [],
            [new Notification("tickets", [Down with { Name = "RedisNodeDown" }]), Page(Down)]
        );

        Assert.True(account.IsTold);
        Assert.Equal(["MySQLDown was paged"], account.Needless);
    }

    [Fact]
    public void A_fault_is_not_over_while_its_page_is_the_last_word() => Assert.False(Of(Page(Over), Page(Down)).IsOver);

    [Fact]
    public void Of_what_was_delivered_that_is_open_which_has_not_ended_since() =>
        Assert.Equal([Failed], Notification.OpenOf([Page(Down, Failed), Page(Over)]));

    [Fact]
    public void A_notification_is_read_as_Alertmanager_writes_it()
    {
        const string Log = """
            ::ffff:172.25.0.3: url:/cgi-bin/page
            {"receiver":"pager","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"SyntheticFailed","instance":"server","severity":"page"},"annotations":{},"startsAt":"2026-11-26T18:26:37Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"f"},{"status":"resolved","labels":{"alertname":"MySQLDown"},"annotations":{},"startsAt":"2026-11-26T18:26:37Z","endsAt":"2026-11-26T18:27:37Z","generatorURL":"","fingerprint":"g"}],"groupLabels":{"alertname":"SyntheticFailed"},"version":"4","truncatedAlerts":0}

            """;

        var read = Assert.Single(Notification.Read(Log));

        Assert.Equal("pager", read.Receiver);
        Assert.Equal([Failed, Over], read.Alerts);
        Assert.Equal(["SyntheticFailed of server", "MySQLDown (ended)"], read.Alerts.Select(alert => $"{alert}"));
    }

    private static PageAccount Of(params Notification[] notifications) => new("MySQLDown", "pager", [], notifications);

    private static Notification Ticket(params DeliveredAlert[] alerts) => new("tickets", alerts);

    private static Notification Page(params DeliveredAlert[] alerts) => new("pager", alerts);
}
