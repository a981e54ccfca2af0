using System.Text;
using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Platforms;

public sealed class CachedLookTests
{
    [Theory]
    [InlineData(
        """[{"ID":1,"question":"who","answers":["me"]},{"ID":2,"question":"why","answers":[]}]""",
        "who why",
        "a list of 2 buffs is cached"
    )]
    [InlineData("[]", "", "a list of 0 buffs is cached")]
    // What is no buff in it is passed over.
    [InlineData("""[{"question":"who"},{"question":7},{},null,"why"]""", "who", "a list of 5 buffs is cached")]
    public void Of_a_list_in_the_form_of_a_listing_the_questions_are_read(string value, string questions, string told)
    {
        var look = CachedLook.Of(Encoding.UTF8.GetBytes(value));

        Assert.Equal(questions, string.Join(' ', look.Questions!));
        Assert.Equal(told, $"{look}");
    }

    [Theory]
    [InlineData(null, "no list is cached")]
    [InlineData("", "what is cached is no list in the form of a listing")]
    [InlineData("{\"buffs\":[]}", "what is cached is no list in the form of a listing")]
    [InlineData("[{\"question\":\"\\ud83d\"}]", "what is cached is no list in the form of a listing")]
    public void What_is_no_such_list_is_told(string? value, string told)
    {
        var look = CachedLook.Of(value is null ? null : Encoding.UTF8.GetBytes(value));

        Assert.Null(look.Questions);
        Assert.Equal(told, $"{look}");
    }

    [Theory]
    [InlineData(0, """[{"question":"late"}]""", "server mysql", "'late' has no row; the queue holds 3 messages")]
    [InlineData(1, """[{"question":"other"}]""", "server redis", "'late' has its row, and a list of 1 buffs is cached, without it")]
    [InlineData(1, """[{"question":"late"}]""", "server", "'late' has its row, and a list of 1 buffs is cached, with it")]
    [InlineData(1, null, "server mysql", "'late' has its row; no list is cached")]
    public void Who_has_a_buff_that_is_not_listed_says_whose_fault_that_is(int rows, string? cached, string suspects, string told)
    {
        var late = LateBuff.Of(
            "late",
            rows,
            "the queue holds 3 messages",
            CachedLook.Of(cached is null ? null : Encoding.UTF8.GetBytes(cached))
        );

        Assert.Equal(suspects, string.Join(' ', late.Suspects));
        Assert.Equal(told, $"{late}");
    }
}
