using EdgeGesture.Training.Fitting;

namespace EdgeGesture.Training.Tests;

public class CollectionPauseTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public void Nothing_is_collected_before_the_last_pause_ends()
    {
        using (new CollectionPause())
        {
            using (new CollectionPause())
                Assert.Equal(0, CollectionsWhileAllocating(50 * Megabyte));
            Assert.Equal(0, CollectionsWhileAllocating(50 * Megabyte));
        }

        Assert.NotEqual(0, CollectionsWhileAllocating(2000 * Megabyte));
    }

    [Fact]
    public void A_pause_that_allocated_too_much_ends_quietly()
    {
        using (new CollectionPause())
            Assert.NotEqual(0, CollectionsWhileAllocating(2000 * Megabyte));
        using (new CollectionPause())
            Assert.Equal(0, CollectionsWhileAllocating(50 * Megabyte));
    }

    private static int CollectionsWhileAllocating(int bytes)
    {
        const int ChunkBytes = 10_000;
        var before = GC.CollectionCount(0);
        for (var i = 0; i < bytes / ChunkBytes; i++)
            GC.KeepAlive(new byte[ChunkBytes]);
        return GC.CollectionCount(0) - before;
    }
}
