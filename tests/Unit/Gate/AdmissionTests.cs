using Verification.Gate.Admission;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack.Images;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

/// <summary>A release is admitted by a verdict about exactly it, and each thing that differs is named.</summary>
public sealed class AdmissionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Objective Kept = new("queue.kept", "p", "buffs", Comparison.AtMost, 0, 1, [], ObjectiveKind.Contract);
    private static readonly Waiver Agreed = new("queue.kept", "local", "r", "ana", new DateOnly(2026, 11, 24));

    private static readonly RunRecord Record = SampleRun.EndedAt(Now.AddHours(-2)) with { PromisedExtras = ["logs.json"] };

    private static readonly EvidenceLine[] Good = [Line(0)];

    private static readonly WantedRelease Wanted = new(
        GatesOf(),
        "c0ffee",
        "local",
        ["logs.json"],
        new Dictionary<string, ComponentImage>
        {
            ["server"] = new("server", "s:1", "sha256:1111", "1", "here"),
            ["dashboard"] = new("dashboard", "d:1", "sha256:2222", "1", "here"),
        },
        new Dictionary<string, string>(),
        TimeSpan.FromHours(24),
        Now
    );

    [Fact]
    public void A_pass_for_exactly_this_release_admits() => Assert.Empty(Differences(Record, Good, Wanted));

    [Theory]
    [InlineData("server", "server: it verified 1111, here is 3333 (s:2)")]
    [InlineData("dashboard", "dashboard: it verified 2222, here is 3333 (s:2)")]
    public void Another_image_is_named_with_both_digests(string role, string difference)
    {
        var images = new Dictionary<string, ComponentImage>(Wanted.Images) { [role] = new(role, "s:2", "sha256:3333", "2", "here") };

        Assert.Equal([difference], Differences(Record, Good, Wanted with { Images = images }));
    }

    [Fact]
    public void An_image_that_is_not_here_is_named_and_not_made()
    {
        var images = Wanted.Images.Where(pair => pair.Key != "server").ToDictionary();

        Assert.Equal(
            ["the image of server is not on this engine: ./verify images makes it, --image names another"],
            Differences(Record, Good, Wanted with { Images = images })
        );
        Assert.Equal(
            ["the image of server, r/s:9, is not on this engine: pull it"],
            Differences(
                Record,
                Good,
                Wanted with
                {
                    Images = images,
                    Named = new Dictionary<string, string> { ["server"] = "r/s:9" },
                }
            )
        );
    }

    [Fact]
    public void An_image_named_broker_is_that_of_the_kind_that_the_run_verified()
    {
        var record = Record.On([.. Record.Components, new ComponentRecord("artemis", "a:1", "sha256:4444", "1", "here")]);
        var named = Wanted with { Named = new Dictionary<string, string> { ["broker"] = "r/a:9" } };
        var here = new Dictionary<string, ComponentImage>(Wanted.Images)
        {
            ["artemis"] = new("artemis", "r/a:9", "sha256:4444", "1", "here"),
        };

        Assert.Empty(Differences(record, Good, named with { Images = here }));
        Assert.Equal(["the image of artemis, r/a:9, is not on this engine: pull it"], Differences(record, Good, named));
        Assert.Equal(["it verified no image of broker"], Differences(Record, Good, named));
    }

    [Fact]
    public void An_image_is_known_by_the_digest_under_which_it_was_published_too()
    {
        PublishedImage[] published =
        [
            new("server", "sha256:1111", $"r/server@sha256:{new string('5', 64)}"),
            new("dashboard", "sha256:9999", $"r/dashboard@sha256:{new string('6', 64)}"),
        ];
        WantedRelease Here(string role, char digit) =>
            Wanted with
            {
                Images = new Dictionary<string, ComponentImage>(Wanted.Images)
                {
                    [role] = new(role, "r", $"sha256:{new string(digit, 64)}", "1", "here"),
                },
            };

        Assert.Empty(Differences(Record, Good, Here("server", '5'), published));
        Assert.Equal(["server: it verified 1111, here is 666666666666 (r)"], Differences(Record, Good, Here("server", '6'), published));
        // Published, and not as it was verified.
        Assert.Equal(
            ["dashboard: it verified 2222, here is 666666666666 (r)"],
            Differences(Record, Good, Here("dashboard", '6'), published)
        );
    }

    [Fact]
    public void What_is_deployed_must_be_all_that_was_published_and_nothing_else()
    {
        PublishedImage[] published =
        [
            new("server", "sha256:1111", $"r/server@sha256:{new string('5', 64)}"),
            new("dashboard", "sha256:2222", $"r/dashboard@sha256:{new string('6', 64)}"),
        ];
        ComponentImage Of(string role, char digit) => new(role, $"r/{role}", $"sha256:{new string(digit, 64)}", "", "images.yaml");
        IReadOnlyList<string> Deploying(RunRecord record, params ComponentImage[] images) =>
            Differences(
                record,
                Good,
                Wanted with
                {
                    Deployed = "images.yaml",
                    Images = images.ToDictionary(image => image.Component),
                    Named = images.ToDictionary(image => image.Component, image => image.Image),
                },
                published
            );
        var watched = Record.On([.. Record.Components, new ComponentRecord("pager", "p:1", "sha256:7777", "1", "here")]);

        Assert.Empty(Deploying(Record, Of("server", '5'), Of("dashboard", '6')));
        Assert.Empty(Deploying(watched, Of("server", '5'), Of("dashboard", '6')));
        Assert.Equal(["images.yaml names no image of dashboard, which it verified"], Deploying(Record, Of("server", '5')));
        Assert.Equal(["it verified no image of mysql"], Deploying(Record, Of("server", '5'), Of("dashboard", '6'), Of("mysql", '7')));
        Assert.Equal(["it has published no image of pager"], Deploying(watched, Of("server", '5'), Of("dashboard", '6'), Of("pager", '7')));
    }

    [Fact]
    public void A_run_that_verified_nothing_admits_nothing() =>
        Assert.Equal(
            ["it verified no image of dashboard", "it verified no image of server", "it verified no image of mysql"],
            Differences(Record.On(), Good, Wanted with { Named = new Dictionary<string, string> { ["mysql"] = "m" } })
        );

    [Fact]
    public void Everything_else_that_a_verdict_is_bound_to_is_named()
    {
        void Differs(string difference, RunRecord record, WantedRelease? wanted = null) =>
            Assert.Equal([difference], Differences(record, Good, wanted ?? Wanted));

        Differs("config/: it verified 0ddba11, here is c0ffee", Record with { ConfigSha256 = "0ddba11" });
        Differs("gates.yaml: it verified 9a7e5, here is 57a1e", Record, Wanted with { Gates = Wanted.Gates with { Sha256 = "57a1e" } });
        Differs("it was judged for environment staging, not local", Record with { Environment = "staging" });
        Differs(
            "it was not held to stop.graceful, which the system under test promises",
            Record,
            Wanted with
            {
                Extras = ["logs.json", "stop.graceful"],
            }
        );
        Differs("it is 1 d 1 h old, 1 d 0 h are allowed", Record with { EndedAt = Now.AddHours(-25) });
        Differs("it ended in the future (2026-11-24 12:01:00 UTC): a clock is wrong", Record with { EndedAt = Now.AddMinutes(1) });
        Differs("only queue.kept was run", Record with { Only = ["queue.kept"] });
        Differs("the defect nack was seeded into it", Record with { Mutant = "nack" });
        Differs("it only looked at what was deployed as staging/sportbuff", Record with { Deployed = "staging/sportbuff" });
    }

    [Theory]
    [InlineData("pr", null, null)]
    [InlineData("pr", "pr", null)]
    [InlineData("nightly", "pr", null)]
    [InlineData("release", "pr", null)]
    [InlineData("pr", "nightly", "it was judged by profile pr, and profile nightly or more is required")]
    [InlineData("release", "nightly", null)]
    [InlineData("nightly", "release", "it was judged by profile nightly, and profile release is required")]
    [InlineData("ours", "pr", "it was judged by profile ours, and profile pr or more is required")]
    public void A_verdict_of_a_profile_that_asks_less_than_is_required_does_not_admit(string profile, string? required, string? difference)
    {
        var asked = Wanted.Gates.Profiles["pr"];
        var gates = Wanted.Gates with { Profiles = new Dictionary<string, Profile> { [profile] = asked with { Name = profile } } };

        Assert.Equal(
            difference is null ? [] : [difference],
            Differences(Record with { Profile = profile }, Good, Wanted with { Gates = gates, Require = required })
        );
    }

    [Fact]
    public void What_did_not_pass_does_not_admit()
    {
        Assert.Equal(["its verdict is FAIL: 1 of 1 deciding objectives failed: queue.kept"], Differences(Record, [Line(1)], Wanted));
        Assert.Equal(
            ["its verdict is UNKNOWN: 1 of 1 deciding objectives could not be decided: queue.kept"],
            Differences(Record, [], Wanted)
        );
        Assert.Equal(
            ["its verdict is UNKNOWN: The run is not whole: SIGINT"],
            Differences(Record with { Interrupted = "SIGINT" }, Good, Wanted)
        );
    }

    [Fact]
    public void A_pass_with_waivers_admits_until_their_day_is_over()
    {
        var wanted = Wanted with { Gates = GatesOf(Agreed) };

        Assert.Empty(Differences(Record, [Line(1)], wanted));
        Assert.Equal(
            [
                "it was PASS with waivers, and is FAIL today (the waiver of queue.kept: it ended with 2026-11-24: keep the promise, or agree on another day)",
            ],
            Differences(Record, [Line(1)], wanted with { Now = Now.AddHours(13) })
        );
    }

    [Fact]
    public void What_the_cluster_has_had_admitted_is_admitted_whatever_its_age_and_by_the_waivers_of_then()
    {
        var later = Wanted with { Gates = GatesOf(Agreed), Now = Now.AddDays(30), Recorded = Now.AddHours(-1) };

        Assert.Empty(Differences(Record, [Line(1)], later));
        Assert.Equal(
            ["config/: it verified 0ddba11, here is c0ffee"],
            Differences(Record with { ConfigSha256 = "0ddba11" }, Good, later with { Gates = Wanted.Gates })
        );
        Assert.Equal(
            ["its verdict is FAIL: 1 of 1 deciding objectives failed: queue.kept"],
            Differences(Record, [Line(1)], later with { Gates = Wanted.Gates })
        );
    }

    [Fact]
    public void A_verdict_edited_by_hand_does_not_admit()
    {
        var failed = ReleaseJudge.Judge(Wanted.Gates, Record, [Line(1)], Now.AddHours(-2));
        string Admitting(ReleaseVerdict edited, RunRecord? record = null) =>
            Assert.Single(AdmissionCheck.Differences(new JudgedRun(new RunFolder("/r"), record ?? Record, edited), [Line(1)], Wanted));

        Assert.Equal(
            "its verdict.json is not what its evidence gives (release: was PASS, is FAIL)",
            Admitting(failed with { Verdict = Verdict.Pass })
        );
        Assert.Contains(
            "queue.kept: was PASS, is FAIL",
            Admitting(failed with { Verdict = Verdict.Pass, Objectives = [failed.Objectives[0] with { Verdict = Verdict.Pass }] })
        );
        Assert.Contains("queue.kept: was not judged, is FAIL", Admitting(failed with { Verdict = Verdict.Pass, Objectives = [] }));
    }

    [Fact]
    public void The_verdict_of_another_run_does_not_admit()
    {
        var sound = ReleaseJudge.Judge(Wanted.Gates, Record.On() with { Id = "20261120-083015-0000" }, Good, Now.AddHours(-2));

        Assert.Equal(
            ["its verdict.json is not what its evidence gives (its run, images, digests or scope are not those of run.json)"],
            AdmissionCheck.Differences(new JudgedRun(new RunFolder("/r"), Record, sound), Good, Wanted)
        );
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("5afe", "5afe", null)]
    [InlineData("5afe", null, "safe-settings.yaml: it verified 5afe, here is none")]
    [InlineData(null, "5afe", "safe-settings.yaml: it verified none, here is 5afe")]
    [InlineData("5afe", "0dd0", "safe-settings.yaml: it verified 5afe, here is 0dd0")]
    public void Other_safe_settings_do_not_admit(string? verified, string? here, string? difference) =>
        Assert.Equal(
            difference is null ? [] : [difference],
            Differences(Record with { SafeSettingsSha256 = verified }, Good, Wanted with { SafeSettingsSha256 = here })
        );

    [Fact]
    public void A_component_that_ran_from_two_images_admits_neither()
    {
        var other = Record.Components[0] with { Digest = "sha256:9999" };
        var record = Record with
        {
            Stages = [Record.Stages[0], Record.Stages[0] with { Name = "integration-artemis-single", Components = [other] }],
        };

        Assert.Equal(["server: it verified 9999, here is 1111 (s:1)"], Differences(record, Good, Wanted));
    }

    private static IReadOnlyList<string> Differences(
        RunRecord record,
        EvidenceLine[] evidence,
        WantedRelease wanted,
        IReadOnlyList<PublishedImage>? published = null
    )
    {
        var verdict = ReleaseJudge.Judge(wanted.Gates with { Sha256 = record.GatesSha256 }, record, evidence, Now.AddHours(-2));
        return AdmissionCheck.Differences(
            new JudgedRun(new RunFolder("/r"), record, verdict) { Published = published ?? [] },
            evidence,
            wanted
        );
    }

    private static Gates GatesOf(params Waiver[] waivers) =>
        new(
            new Dictionary<string, Objective> { [Kept.Id] = Kept },
            new Dictionary<string, Profile>
            {
                ["pr"] = new("pr", TimeSpan.FromSeconds(1), [], new Dictionary<string, Requirement> { [Kept.Id] = Requirement.Required }),
            },
            waivers,
            "9a7e5"
        );

    private static EvidenceLine Line(double value) => Objectives.Lines.Of(Kept, value, "T.t") with { At = Now.AddHours(-2) };
}
