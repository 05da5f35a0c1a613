/* asset.c - see asset.h. */
#include "base/asset.h"

const struct asset *asset_find(str path)
{
    for (size_t low = 0, high = asset_count; low < high;) {
        size_t middle = (low + high) / 2;
        int order = str_cmp(path, assets[middle].path);
        if (order == 0)
            return &assets[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct asset *asset_next(str folder, size_t *at)
{
    while (*at < asset_count) {
        const struct asset *one = &assets[(*at)++];
        if (str_has_prefix(one->path, folder))
            return one;
    }
    return NULL;
}
