using Verification.Objectives;
using Verification.Stack.Leftovers;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class SecretMaskTests
{
    [Fact]
    public void Every_value_of_the_secrets_folder_is_masked_in_a_log()
    {
        using var folder = new TemporaryFolder();
        folder.File("secrets/mysql-password", "Xy7abcdefgh\n");
        folder.File("secrets/broker-password", "Zk9mnopqrst");

        var cleaned = SecretMask
            .Of(new RunFolder(folder.Path))
            .Clean("requirepass Xy7abcdefgh, CONNECT passcode:Zk9mnopqrst, mysql -pXy7abcdefgh");

        Assert.Equal("requirepass •••, CONNECT passcode:•••, mysql -p•••", cleaned);
    }

    [Fact]
    public void A_secret_that_begins_another_leaves_no_rest_of_it()
    {
        using var folder = new TemporaryFolder();
        folder.File("secrets/a", "abcdefgh");
        folder.File("secrets/b", "abcdefghSECRETREST");

        Assert.Equal("•••", SecretMask.Of(new RunFolder(folder.Path)).Clean("abcdefghSECRETREST"));
    }

    [Fact]
    public void A_value_of_less_than_eight_characters_masks_no_words()
    {
        using var folder = new TemporaryFolder();
        folder.File("secrets/mysql-user", "root");

        Assert.Equal("chroot of root", SecretMask.Of(new RunFolder(folder.Path)).Clean("chroot of root"));
    }

    [Fact]
    public void A_run_whose_secrets_are_gone_masks_nothing()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal("text", SecretMask.Of(new RunFolder(folder.Path)).Clean("text"));
    }
}
