using Verification.Recovery;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class DatabaseContentTests
{
    private static readonly DatabaseContent Wanted = new(
        [new TableContent("buff.buffs", 7, "aa"), new TableContent("buff.ticks", 3, "bb")],
        "shape",
        "rights",
        "a:1-9",
        "a",
        1
    )
    {
        Rules = "rules",
        Engines = ["InnoDB"],
        Objects = ["view buff.seen", "event buff.purge"],
        AccountNames = ["'buff'@'%'", "'root'@'%'"],
    };
    private static readonly DatabaseContent Restored = Wanted with { Uuid = "b", ServerId = 2 };

    public static TheoryData<DatabaseContent, string> Defects =>
        new()
        {
            { Restored with { Tables = [Wanted.Tables[0]] }, "table buff.ticks is missing" },
            { Restored with { Tables = [Wanted.Tables[0] with { Rows = 6 }, Wanted.Tables[1]] }, "table buff.buffs has 6 rows of 7" },
            {
                Restored with
                {
                    Tables = [Wanted.Tables[0] with { Sha256 = "ac" }, Wanted.Tables[1]],
                },
                "table buff.buffs has as many rows, and other content"
            },
            { Restored with { Tables = [.. Wanted.Tables, new TableContent("buff.more", 0, "cc")] }, "table buff.more was not there" },
            { Restored with { Schema = "other" }, "columns, keys or objects are other ones" },
            {
                Restored with
                {
                    Schema = "other",
                    Objects = ["view buff.seen", "trigger buff.upper"],
                    Engines = ["InnoDB", "MyISAM"],
                },
                "columns, keys or objects are other ones: event buff.purge is missing, trigger buff.upper was not there, engine MyISAM was not there"
            },
            { Restored with { Schema = "other", Objects = null, Engines = null }, "columns, keys or objects are other ones" },
            { Restored with { Rules = "other" }, "foreign keys, checks, partitions, parameters or what objects may do are other ones" },
            { Restored with { Accounts = "other" }, "accounts or their rights are other ones" },
            {
                Restored with
                {
                    Accounts = "other",
                    AccountNames = ["'root'@'%'"],
                },
                "accounts or their rights are other ones: 'buff'@'%' is missing"
            },
            { Restored with { Gtid = "a:1-10" }, "the transactions are a:1-10, and were a:1-9" },
            { Restored with { Uuid = "a" }, "the server has the UUID of the one that was lost, a" },
            { Restored with { ServerId = 1 }, "the server has the id of the one that was lost, 1" },
        };

    [Fact]
    public void The_same_content_on_a_server_of_another_name_differs_in_nothing() => Assert.Empty(Wanted.DifferencesOf(Restored));

    /// <summary>A backup of a program that did not look for them is as good as before.</summary>
    [Fact]
    public void Rules_that_were_not_read_are_held_against_nothing() => Assert.Empty((Wanted with { Rules = null }).DifferencesOf(Restored));

    /// <summary>Names are there to be told: a backup of before them has the digest that it would have with them.</summary>
    [Fact]
    public void Names_stand_outside_the_digest() =>
        Assert.Equal(Wanted.Digest, (Wanted with { Engines = null, Objects = null, AccountNames = null }).Digest);

    [Fact]
    public void Names_are_told_to_who_compares_later()
    {
        var told = DatabaseContent.Parse(Wanted.ToJson());

        Assert.Equal(Wanted.Objects, told.Objects);
        Assert.Equal(Wanted.Engines, told.Engines);
        Assert.Equal(Wanted.AccountNames, told.AccountNames);
    }

    /// <summary>As programs of before have written it.</summary>
    [Fact]
    public void What_has_no_names_is_read_all_the_same() =>
        Assert.Null(
            DatabaseContent
                .Parse("""{"tables":[],"schema":"a","accounts":null,"gtid":"a:1","uuid":"a","serverId":1,"rules":null,"digest":"b"}""")
                .Objects
        );

    [Theory]
    [MemberData(nameof(Defects))]
    public void Each_difference_is_named(DatabaseContent restored, string difference) =>
        Assert.Equal([difference], Wanted.DifferencesOf(restored));
}
